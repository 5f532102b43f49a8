using System.Collections.Immutable;

namespace BasinVolume.Interop;

/// <summary>A form in which weights are kept in a file. A new one is a file with such a record, and a line in <see cref="Weights.WeightFile"/>.</summary>
/// <param name="Is">Whether bytes are of this form, by what is in them and not by a name.</param>
/// <param name="Find">The tensors that are in them.</param>
internal sealed record WeightFormat(Func<WeightBytes, bool> Is, Func<WeightBytes, IEnumerable<FoundTensor>> Find)
{
    /// <summary>What a file says of itself beside its tensors, names and texts.</summary>
    public Func<WeightBytes, ImmutableDictionary<string, string>> Metadata { get; init; } = _
        => ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How the program writes it; null for a form that is only read.</summary>
    public WeightWriter? Writer { get; init; }
}

/// <summary>How weights are written in a form.</summary>
/// <param name="Ending">What the names of its files end with, a point first; empty for a folder.</param>
/// <param name="Write">Writes tensors, in the order of their values, with what is to be known of them.</param>
internal sealed record WeightWriter(string Ending, Action<string, IReadOnlyList<TensorShape>, double[], IReadOnlyDictionary<string, string>> Write);
