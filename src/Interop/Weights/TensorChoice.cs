using BasinVolume.Kernels;

namespace BasinVolume.Interop.Weights;

/// <summary>
/// Which of a file's tensors are a model's. They are all in one container (a dictionary, a module, or the file itself), and before each of their names may
/// stand one and the same prefix, such as
/// <c>module.</c> of DataParallel or <c>_orig_mod.</c> of torch.compile. Container and prefix together are a part of the file, and a part that has all names
/// wanted is a candidate. One candidate is taken; of several, those with the shapes wanted; if there are several still, it takes a word from outside
/// (<c>--key</c>).
/// </summary>
internal sealed class TensorChoice
{
    /// <summary>What the whole file is called where a part is chosen.</summary>
    public const string Whole = ".";

    private readonly string _source;
    private readonly IReadOnlyList<TensorShape> _expected;
    private readonly ILookup<string, FoundTensor> _containers;
    private readonly string? _key;

    private TensorChoice(string source, IReadOnlyList<TensorShape> expected, IEnumerable<FoundTensor> found, string? key)
        => (_source, _expected, _containers, _key) = (source, expected, found.ToLookup(tensor => tensor.Container, StringComparer.Ordinal), key);

    /// <summary>Chooses and reads a model's tensors.</summary>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <param name="found">All tensors of the file.</param>
    /// <param name="key">The part of the file to look into; null for all of it.</param>
    /// <exception cref="DataException">
    /// None or several parts have the tensors wanted, or the part that has them has others too, or some have other shapes or elements that are not finite.
    /// </exception>
    public static StoredWeights Read(string source, IReadOnlyList<TensorShape> expected, IEnumerable<FoundTensor> found, string? key)
    {
        var choice = new TensorChoice(source, expected, found, key);
        Candidate chosen = choice.Only(choice.Candidates());
        string[] leftOut = choice.LeftOut(chosen);
        return new(TensorFit.Join(source, expected, tensor => chosen.Tensors[tensor.Name].Open()), chosen.Path, [.. leftOut]);
    }

    private Candidate[] Candidates()
    {
        Candidate[] all = [.. _containers.SelectMany(CandidatesOf)];
        if (_key is null)
            return all;
        string key = _key == Whole ? string.Empty : _key;
        Candidate[] exact = [.. all.Where(candidate => candidate.Path == key)];
        return exact.Length > 0 ? exact : [.. all.Where(candidate => key.Length > 0 && candidate.Path.StartsWith(key + ".", StringComparison.Ordinal))];
    }

    private IEnumerable<Candidate> CandidatesOf(IGrouping<string, FoundTensor> container)
    {
        Dictionary<string, FoundTensor> names = [];
        foreach (FoundTensor tensor in container)
            names.TryAdd(tensor.Name, tensor);
        foreach (string prefix in _expected[0].Names.SelectMany(first => PrefixesOf(first, names.Keys)).Distinct(StringComparer.Ordinal))
        {
            FoundTensor?[] tensors = [.. _expected.Select(tensor => tensor.Names.Select(name => names.GetValueOrDefault(prefix + name)).FirstOrDefault(Is))];
            if (tensors.All(Is))
                yield return new(container.Key, prefix, _expected.Zip(tensors).ToDictionary(
                    pair => pair.First.Name, pair => pair.Second!, StringComparer.Ordinal));
        }

        static bool Is(FoundTensor? tensor) => tensor is not null;
    }

    private static IEnumerable<string> PrefixesOf(string first, IEnumerable<string> names)
        => names.Where(name => name.EndsWith(first, StringComparison.Ordinal)).Select(name => name[..^first.Length]).Where(
            prefix => prefix.Length == 0 || prefix.EndsWith('.'));

    private Candidate Only(Candidate[] candidates)
    {
        if (candidates.Length == 0)
            throw None();
        Candidate[] different = [.. candidates.DistinctBy(candidate => string.Join('\n', _expected.Select(tensor => candidate.Tensors[tensor.Name].Place)))];
        Candidate[] fitting = different.Length == 1 ? different : [.. different.Where(HasShapes)];
        return fitting switch
        {
            [var only] => only,
            [] => candidates[0],
            _ => throw new DataException(
                $"{_source} holds {fitting.Length} sets of weights that fit this model: "
                + $"in {Printable.List(fitting.Select(candidate => $"'{Shown(candidate.Path)}'"))}; "
                + $"choose one with --key, as in --key {Shown(fitting[0].Path)}."),
        };
    }

    private bool HasShapes(Candidate candidate) => _expected.All(tensor => candidate.Tensors[tensor.Name].Open().Shape.SequenceEqual(tensor.Shape));

    // Other tensors in the same container make it another model, whose curvature would be another; a part that was asked for is all of the model, whatever lies
    // beside it.
    private string[] LeftOut(Candidate chosen)
    {
        string prefix = _key is not null && chosen.Path == _key ? chosen.Prefix : string.Empty;
        HashSet<string> taken = [.. chosen.Tensors.Values.Select(tensor => tensor.Name)];
        IEnumerable<FoundTensor> beside = _containers[chosen.Container].Where(
            tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) && !taken.Contains(tensor.Name));
        Dictionary<string, TensorShape> copies = _expected.SelectMany(tensor => tensor.Names.Select(name => (Name: chosen.Prefix + name, Tensor: tensor)))
            .ToDictionary(copy => copy.Name, copy => copy.Tensor, StringComparer.Ordinal);
        foreach (FoundTensor copy in beside.Where(tensor => copies.ContainsKey(tensor.Name)))
            CheckCopy(copy, chosen.Tensors[copies[copy.Name].Name]);
        FoundTensor[] others = [.. beside.Where(tensor => !copies.ContainsKey(tensor.Name)).DistinctBy(tensor => tensor.Name)];
        string[] unknown = [.. others.Where(tensor => tensor.Open().WholeType is null).Select(tensor => tensor.Name).Order(StringComparer.Ordinal)];
        if (unknown.Length == 0)
            return [.. others.Select(tensor => $"{tensor.Name} ({tensor.Open().WholeType})").Order(StringComparer.Ordinal)];
        string advice = chosen.Prefix.Length > 0 && _key is null ? $", or take what is under '{chosen.Path}' alone with --key {chosen.Path}" : string.Empty;
        throw new DataException($"{_source} has {Printable.List(unknown)}, which this model does not know; give the weights of this model{advice}.");
    }

    // Tied weights are one tensor, whose elements a file may hold twice.
    private void CheckCopy(FoundTensor copy, FoundTensor tensor)
    {
        StoredTensor found = copy.Open(), first = tensor.Open();
        if (found.Fault is not null || !found.Shape.SequenceEqual(first.Shape) || !found.Read().AsSpan().SequenceEqual(first.Read()))
            throw new DataException(
                $"{_source} has {copy.Name} and {tensor.Name} with different elements, but this model has them as one, tied tensor; "
                + $"give the weights of this model, or a model that does not tie them.");
    }

    private DataException None()
    {
        string[] parts = [.. _containers.Select(container => container.Key)], asked = [.. parts.Where(IsAsked)];
        if (asked.Length == 0)
            return new(
                $"{_source} has nothing called '{_key}' with tensors in it: it has {Printable.List(parts.Select(part => $"'{Shown(part)}'"))}; "
                + $"choose one of those with --key.");
        // The container that looks most like the model explains best what is missing.
        string nearest = asked.MaxBy(part => Names(part).Count(IsWanted))!;
        return TensorFit.Missing(
            nearest.Length == 0 ? _source : $"'{nearest}' in {_source}", [.. _expected.Select(tensor => tensor.Name)], [.. Names(nearest)]);
    }

    private bool IsAsked(string container)
        => _key is null or Whole || $"{container}.".StartsWith($"{_key}.", StringComparison.Ordinal) || Names(container).Any(
            name => TensorPath.Join(container, name).StartsWith($"{_key}.", StringComparison.Ordinal));

    private bool IsWanted(string name) => _expected.Any(tensor => name == tensor.Name || name.EndsWith("." + tensor.Name, StringComparison.Ordinal));

    private IEnumerable<string> Names(string container) => _containers[container].Select(tensor => tensor.Name);

    private static string Shown(string path) => path.Length == 0 ? Whole : path;

    private sealed record Candidate(string Container, string Prefix, IReadOnlyDictionary<string, FoundTensor> Tensors)
    {
        public string Path => TensorPath.Join(Container, Prefix.TrimEnd('.'));
    }
}
