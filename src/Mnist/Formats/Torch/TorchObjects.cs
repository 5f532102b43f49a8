using System.Collections;
using Razorvine.Pickle;

namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>The few classes and functions that a checkpoint's pickle may name, and what each makes.</summary>
internal static class TorchObjects
{
    /// <summary>What makes a dictionary that keeps its order.</summary>
    public const string OrderedDict = "collections.OrderedDict";

    /// <summary>What makes a tensor.</summary>
    public const string RebuildTensor = "torch._utils._rebuild_tensor_v2";

    private static readonly Dictionary<string, IObjectConstructor> Known = new(StringComparer.Ordinal)
    {
        [OrderedDict] = new DictionaryMaker(),
        [RebuildTensor] = new TensorMaker(),
        ["torch._utils._rebuild_parameter"] = new ParameterMaker(),
        ["torch.DoubleStorage"] = new StorageClass("float64", ElementType.Float64),
        ["torch.FloatStorage"] = new StorageClass("float32", ElementType.Float32),
        ["torch.HalfStorage"] = new StorageClass("float16", ElementType.Float16),
        ["torch.BFloat16Storage"] = new StorageClass("bfloat16", ElementType.BFloat16),
        ["torch.LongStorage"] = new StorageClass("int64", null),
        ["torch.IntStorage"] = new StorageClass("int32", null),
        ["torch.ShortStorage"] = new StorageClass("int16", null),
        ["torch.CharStorage"] = new StorageClass("int8", null),
        ["torch.ByteStorage"] = new StorageClass("uint8", null),
        ["torch.BoolStorage"] = new StorageClass("bool", null),
    };

    // The unpickler's table belongs to the process; these names are added to it once, before the first use.
    static TorchObjects()
    {
        foreach ((string name, IObjectConstructor constructor) in Known)
        {
            int dot = name.LastIndexOf('.');
            Unpickler.registerConstructor(name[..dot], name[(dot + 1)..], constructor);
        }
    }

    /// <summary>All names that are accepted.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The storage class of an element type.</summary>
    public static StorageClass StorageOf(ElementType type) => Known.Values.OfType<StorageClass>().First(storage => storage.Elements == type);

    /// <summary>What a storage class is called in a pickle.</summary>
    public static string NameOf(StorageClass storage) => Known.First(entry => entry.Value == (IObjectConstructor)storage).Key;

    private static PickleException Unexpected(string what) => new($"{what} is given arguments that PyTorch does not give it");

    private sealed class DictionaryMaker : IObjectConstructor
    {
        public object construct(object[] args) => args.Length == 0 ? new OrderedDictionary() : throw Unexpected(OrderedDict);
    }

    /// <summary>A dictionary whose attributes (a state_dict has _metadata) are of no interest.</summary>
    private sealed class OrderedDictionary : Hashtable
    {
        // The unpickler looks for this name where Python sets attributes.
        public static void __setstate__(Hashtable _)
        {
        }
    }

    // (storage, offset, size, stride, requires_grad, hooks[, metadata])
    private sealed class TensorMaker : IObjectConstructor
    {
        public object construct(object[] args) => args is [TorchStorage storage, int offset, object[] size, object[] stride, ..]
            ? new TorchTensor(storage, offset, Whole(size), Whole(stride))
            : throw Unexpected(RebuildTensor);

        private static int[] Whole(object[] numbers) => Array.ConvertAll(numbers, number => number is int whole and >= 0 ? whole : throw Unexpected("a tensor's size or stride"));
    }

    // (data, requires_grad, hooks)
    private sealed class ParameterMaker : IObjectConstructor
    {
        public object construct(object[] args) => args is [TorchTensor tensor, ..] ? tensor : throw Unexpected("torch._utils._rebuild_parameter");
    }
}

/// <summary>A storage class: it is named where a storage is, and never called.</summary>
/// <param name="Name">What its elements are.</param>
/// <param name="Elements">How they are read; null for those that no weight is.</param>
internal sealed record StorageClass(string Name, ElementType? Elements) : IObjectConstructor
{
    /// <inheritdoc/>
    public object construct(object[] args) => throw new PickleException($"it calls the storage class of {Name}, which torch.save never does");
}

/// <summary>A storage: a flat array in a file of its own inside the zip.</summary>
internal sealed record TorchStorage(StorageClass Class, string Key, int Count);

/// <summary>A tensor: a view of a storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, int Offset, int[] Shape, int[] Strides)
{
    /// <summary>What is wrong with the view, or null.</summary>
    public string? Fault()
    {
        if (Shape.Length != Strides.Length)
            return $"has {Shape.Length} dimensions but {Strides.Length} strides";
        if (Offset < 0)
            return $"begins at element {Offset}";
        if (Shape.Contains(0))
            return null;
        Int128 last = Offset;
        for (int d = 0; d < Shape.Length; d++)
            last += (Int128)(Shape[d] - 1) * Strides[d];
        return last < Storage.Count ? null : $"reaches to element {last} of a storage of {Storage.Count}";
    }

    /// <summary>The elements, row by row, from the storage's bytes.</summary>
    public double[] Read(ElementType type, ReadOnlySpan<byte> storage)
    {
        var values = new double[Shape.Aggregate(1, (product, size) => checked(product * size))];
        for (int i = 0; i < values.Length; i++)
            values[i] = type.At(storage, PlaceOf(i));
        return values;
    }

    private long PlaceOf(int element)
    {
        long place = Offset;
        for (int d = Shape.Length - 1; d >= 0; d--)
        {
            place += (long)(element % Shape[d]) * Strides[d];
            element /= Shape[d];
        }

        return place;
    }
}
