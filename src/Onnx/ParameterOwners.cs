using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx;

/// <summary>
/// Which parameter each element of an initialiser is. One that is used twice in the same way is one parameter, tied; used in two ways it is refused.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class ParameterOwners(ModelFile file)
{
    private readonly Dictionary<string, List<(string Parameter, Reals Values)>> _owners = new(StringComparer.Ordinal);

    /// <summary>The parameter that has the same elements in the same places already; null for a new one.</summary>
    /// <exception cref="DataException">Some of its elements are those of another parameter, or twice of this one.</exception>
    public string? SameAs(string parameter, Reals values)
    {
        if (values.Origin is not { } origin)
            return null;
        if (!_owners.TryGetValue(origin.Tensor, out List<(string Parameter, Reals Values)>? others))
            _owners.Add(origin.Tensor, others = []);
        HashSet<int>? places = origin.Places is null ? null : [.. origin.Places];
        if (places is not null && places.Count < values.Count)
            throw Refusal(origin, parameter, parameter);
        foreach ((string other, Reals known) in others)
        {
            if (AreSame(known, values))
                return other;
            if (places is null || known.Origin!.Places is null || places.Overlaps(known.Origin.Places))
                throw Refusal(origin, other, parameter);
        }

        others.Add((parameter, values));
        return null;
    }

    /// <summary>How a parameter lies beside the initialiser; null for the same.</summary>
    public static string? ChangeOf(Reals values) => values.Origin switch
    {
        null => null,
        { IsFolded: true } => "with a batch normalisation folded into it",
        { Places: null } origin => values.Dims.SequenceEqual(origin.Dims) ? null : "reshaped",
        var origin => values.Count == Indexing.Count(origin.Dims) ? "transposed" : "a part of it",
    };

    private static bool AreSame(Reals one, Reals other)
        => one.Dims.SequenceEqual(other.Dims) && !one.Origin!.IsFolded && !other.Origin!.IsFolded
            && (one.Origin.Places ?? []).SequenceEqual(other.Origin.Places ?? []);

    private DataException Refusal(Origin origin, string one, string other) => file.Fault(
        $"uses '{Printable.Name(origin.Tensor)}' twice, as {Printable.Name(one)} and as {Printable.Name(other)}, "
        + "in two ways that are not the same, and only the same is tied; untie them.");
}
