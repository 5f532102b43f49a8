using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Weights;

/// <summary>The weights of a model, read from a file or a folder.</summary>
/// <param name="Values">The elements of its tensors, one tensor after the other, each row by row.</param>
/// <param name="Part">The part of the file that they are in, as <c>--key</c> has it; empty where it is the whole.</param>
/// <param name="LeftOut">Tensors beside them that are no weights, with their types.</param>
public sealed record StoredWeights(double[] Values, string Part, ImmutableArray<string> LeftOut)
{
    /// <summary>Where nothing is said.</summary>
    internal static ImmutableDictionary<string, string> NoMetadata { get; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What the file says of itself: the metadata of a .safetensors file, names and texts.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = NoMetadata;

    /// <summary>How many there are, and what was taken, for a person.</summary>
    public override string ToString() => $"{Values.Length} weights{(Note() is { } note ? $", {note}" : string.Empty)}";

    /// <summary>What was taken of the file and what was not, for a person; null where there is nothing to say.</summary>
    public string? Note()
    {
        string[] parts =
        [
            .. Part.Length > 0 ? [$"taken from '{Part}'"] : Array.Empty<string>(),
            .. LeftOut.IsEmpty ? [] : new[] { $"left out, for they are whole numbers: {Printable.List(LeftOut)}" },
        ];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }
}
