using BasinVolume.Interop.Pickles;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Torch;

/// <summary>
/// All tensors of a file of torch.save, by where they are in it: dictionaries in dictionaries, lists, and whole pickled modules, whose tensors are called as in
/// their state_dict. A module's class is not needed: its parameters, buffers and parts stand in its attributes under names that PyTorch gives them, those of a
/// scripted one under their own.
/// </summary>
internal sealed class TorchTensors
{
    // Deeper than any module, and few enough to be walked at once.
    private const int MostLevels = 64;
    private const int MostVisits = 200_000;

    // All keys on the way to a tensor together, with the points between them.
    private const int LongestPath = 1000;

    // Where a module keeps what belongs to it.
    private static readonly string[] Registered = ["_parameters", "_buffers", "_modules"];

    private readonly TorchFile _file;
    private readonly List<FoundTensor> _found = [];

    // One and the same may stand in many places of a pickle.
    private readonly Dictionary<byte[], LegacyTorchFile> _inside = [];
    private int _visits;

    private TorchTensors(TorchFile file) => _file = file;

    /// <summary>Finds them.</summary>
    /// <exception cref="DataException">There are none, or the file is nested beyond all measure.</exception>
    public static IReadOnlyList<FoundTensor> Of(TorchFile file)
    {
        var tensors = new TorchTensors(file);
        tensors.Visit(file.Root, TensorPath.Root, 0);
        return tensors._found.Count > 0
            ? tensors._found
            : throw new DataException(
                $"{file.Source} holds {Described(file.Root)}, and no tensors in dictionaries, lists, tuples or modules; "
                + "save it again with torch.save(model.state_dict(), path).");
    }

    private static string Described(object? found) => found switch
    {
        null => "nothing",
        PickleObject { IsDictionary: true } dictionary
            => $"a dictionary with {Printable.List(dictionary.Items.Select(item => NameOf(item.Key) ?? "something"))}",
        PickleObject { MakerName: "builtins.list" } => "a list",
        PickleObject { MakerName: var maker } => $"an object that '{maker}' would make, which was not called",
        object[] => "a tuple",
        string => "a text",
        byte[] => "bytes",
        PickleGlobal global => $"the name '{global.Name}'",
        PickleOutside => "a storage",
        _ => "a number",
    };

    private void Visit(object? node, TensorPath path, int level)
    {
        if (++_visits > MostVisits)
            throw new DataException($"{_file.Source} holds more than {MostVisits} things; save the weights alone with torch.save(model.state_dict(), path).");
        if (path.Container.Length + path.Name.Length > LongestPath)
            throw new DataException(
                $"{_file.Source} has a tensor's name of more than {LongestPath} characters, {Printable.Name(path.Container + path.Name)}; "
                + $"save the weights alone with torch.save(model.state_dict(), path).");
        if (level > MostLevels)
            return;
        if (node is PickleObject call && Tensor(call, path) is { } tensor)
            _found.Add(tensor);
        else
            VisitParts(node, path, level + 1);
    }

    private void VisitParts(object? node, TensorPath path, int level)
    {
        switch (node)
        {
            case PickleObject { IsDictionary: true } dictionary:
                VisitAll(dictionary.Items.Select(item => (NameOf(item.Key), item.Value)), path.InsideContainer(), level);
                break;
            case PickleObject { Elements.Count: > 0 } list:
                VisitAll(list.Elements.Select((element, i) => (NameOf((long)i), element)), path.InsideContainer(), level);
                break;
            case object?[] tuple:
                VisitAll(tuple.Select((element, i) => (NameOf((long)i), element)), path.InsideContainer(), level);
                break;
            case PickleObject { State: { } state }:
                VisitAttributes(state, path.InsideModule(), level);
                break;
        }
    }

    // A state is a dictionary, or a tuple of one and of what lies in slots.
    private void VisitAttributes(object state, TensorPath module, int level)
    {
        if ((state is object[] and [var first, ..] ? first : state) is not PickleObject { IsDictionary: true } attributes)
            return;
        PickleObject[] registered = [.. Registered.Select(name => attributes[name]).OfType<PickleObject>()];
        foreach (PickleObject part in registered.Length > 0 ? registered : [attributes])
            VisitAll(part.Items.Select(item => (NameOf(item.Key), item.Value)), module, level);
    }

    private void VisitAll(IEnumerable<(string? Name, object? Value)> parts, TensorPath inside, int level)
    {
        foreach ((string? name, object? value) in parts.Where(part => part.Name is not null && part.Value is PickleObject or object[]))
            Visit(value, inside.Part(name!), level);
    }

    private static string? NameOf(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private FoundTensor? Tensor(PickleObject call, TensorPath path) => Unwrapped(call) switch
    {
        { Maker: PickleGlobal { Name: "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" } } view => HasMetadata(view)
            ? Unreadable(path, view.MakerName + " with metadata")
            : Found(path, View(view.Arguments, type: null), view),
        { Maker: PickleGlobal { Name: "torch._utils._rebuild_tensor_v3" }, Arguments: [_, _, _, _, _, _, PickleGlobal type, ..] } view => Found(
            path, View(view.Arguments, StorageClass.OfElements(type.Name)), view),
        { Maker: PickleGlobal { Name: var name } } when name.StartsWith("torch._utils._rebuild_", StringComparison.Ordinal) => Unreadable(path, name),
        _ => null,
    };

    // (data, requires_grad, hooks[, state]) of a parameter, and (function, class, arguments, state) of a class of one's own.
    private static PickleObject Unwrapped(PickleObject call)
    {
        while (true)
        {
            switch (call)
            {
                case
                {
                    Maker: PickleGlobal
                    {
                        Name: "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" or "torch.nn.parameter.Parameter"
                    },
                    Arguments: [PickleObject data, ..]
                }:
                    call = data;
                    break;
                case
                {
                    Maker: PickleGlobal { Name: "torch._tensor._rebuild_from_type" or "torch._tensor._rebuild_from_type_v2" },
                    Arguments: [var function, _, object?[] arguments, ..]
                }:
                    call = new PickleObject(function, arguments);
                    break;
                default:
                    return call;
            }
        }
    }

    // (storage, offset, size, stride, …)
    private TorchTensor? View(object?[] arguments, StorageClass? type)
        => arguments is [var data, long offset, object?[] size, object?[] stride, ..]
            && Array.TrueForAll(size, each => each is >= 0L and <= (long)int.MaxValue)
            && Array.TrueForAll(stride, each => each is long)
            && StorageOf(data) is var (file, storage)
            ? new(file, storage, type ?? storage.Class, offset, Array.ConvertAll(size, each => (int)(long)each!), Array.ConvertAll(stride, each => (long)each!))
            : null;

    // Python's own pickle module writes a storage into the pickle: as a whole file of the old form whose content is that storage.
    private (TorchFile File, TorchStorage Storage)? StorageOf(object? data) => data switch
    {
        PickleOutside outside when TorchStorage.Of(outside) is { } storage => (_file, storage),
        PickleObject { Maker: PickleGlobal { Name: "torch.storage._load_from_bytes" }, Arguments: [byte[] bytes] }
            when Inside(bytes) is { Root: PickleOutside outside } file && TorchStorage.Of(outside) is { } storage => (file, storage),
        _ => null,
    };

    private LegacyTorchFile Inside(byte[] bytes)
        => _inside.TryGetValue(bytes, out LegacyTorchFile? file) ? file : _inside[bytes] = new LegacyTorchFile(bytes, _file.Source);

    private FoundTensor Found(TensorPath path, TorchTensor? tensor, PickleObject view)
    {
        if (tensor is null)
            return Unreadable(path, view.MakerName);
        var stored = new StoredTensor(tensor.Shape, () => Elements(path, tensor)) { WholeType = tensor.Class.IsWhole ? tensor.Class.ElementName : null };
        return new(
            path.Container, NameOf(path), $"{tensor.Storage.Key} {tensor.Storage.First + tensor.Offset} {string.Join('x', tensor.Strides)}", () => stored);
    }

    private static FoundTensor Unreadable(TensorPath path, string maker)
        => new(path.Container, NameOf(path), path.ToString(), () => StoredTensor.Unreadable(
            $"is made by {maker}, expected dense float64, float32, float16 or bfloat16"));

    // What PyTorch keeps beside a tensor (it is conjugated, or negated) changes its elements.
    private static bool HasMetadata(PickleObject view) => view.Arguments is [_, _, _, _, _, _, PickleObject { Items.Count: > 0 }, ..];

    private static string NameOf(TensorPath path) => path.Name.Length > 0 ? path.Name : "a tensor without a name";

    private double[] Elements(TensorPath path, TorchTensor tensor)
    {
        if (tensor.Class.Elements is not { } type)
            throw new DataException(
                $"{_file.Source} holds {path.Name} as {tensor.Class.ElementName}, expected float64, float32, float16 or bfloat16; convert it before saving.");
        if (tensor.Fault() is { } fault)
            throw new DataException($"{_file.Source} has a tensor {path.Name} that {fault}; save it again with torch.save(model.state_dict(), path).");
        return tensor.Read(type);
    }
}
