using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx;

/// <summary>Which parameter each element of an initialiser is: one at most, for a weight that is used twice is tied.</summary>
/// <param name="file">The file.</param>
internal sealed class ParameterOwners(ModelFile file)
{
    private readonly Dictionary<string, List<(string Parameter, HashSet<int>? Places)>> _owners = new(StringComparer.Ordinal);

    /// <summary>Takes note of a parameter and says how it lies beside the initialiser; null for the same.</summary>
    /// <exception cref="DataException">Elements of the initialiser are those of another parameter as well, or twice of this one.</exception>
    public string? Take(string parameter, Reals values)
    {
        if (values.Origin is not { } origin)
            return null;
        if (!_owners.TryGetValue(origin.Tensor, out List<(string Parameter, HashSet<int>? Places)>? others))
            _owners.Add(origin.Tensor, others = []);
        HashSet<int>? places = origin.Places is null ? null : [.. origin.Places];
        if (places is not null && places.Count < values.Count)
            throw Tied(origin, parameter, parameter);
        foreach ((string other, HashSet<int>? taken) in others)
        {
            if (places is null || taken is null || places.Overlaps(taken))
                throw Tied(origin, other, parameter);
        }

        others.Add((parameter, places));
        return origin switch
        {
            { IsFolded: true } => "with a batch normalisation folded into it",
            { Places: null } => values.Dims.SequenceEqual(origin.Dims) ? null : "reshaped",
            _ => values.Count == Indexing.Count(origin.Dims) ? "transposed" : "a part of it",
        };
    }

    private DataException Tied(Origin origin, string one, string other) => file.Fault(
        $"uses '{Printable.Name(origin.Tensor)}' twice, as {Printable.Name(one)} and as {Printable.Name(other)}, and tied weights are not taken; untie them.");
}
