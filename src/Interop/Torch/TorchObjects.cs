using BasinVolume.Interop.Pickles;

namespace BasinVolume.Interop.Torch;

/// <summary>A class of storages: what its elements are.</summary>
/// <param name="Name">The class, without its module.</param>
/// <param name="ElementName">What PyTorch calls the elements.</param>
/// <param name="Size">Bytes of one; 0 for a class that is not known.</param>
/// <param name="Elements">How they are read; null for those that no weight is.</param>
internal sealed record StorageClass(string Name, string ElementName, int Size, ElementType? Elements)
{
    private static readonly StorageClass[] Known =
    [
        new("DoubleStorage", "float64", 8, ElementType.Float64),
        new("FloatStorage", "float32", 4, ElementType.Float32),
        new("HalfStorage", "float16", 2, ElementType.Float16),
        new("BFloat16Storage", "bfloat16", 2, ElementType.BFloat16),
        new("LongStorage", "int64", 8, null),
        new("IntStorage", "int32", 4, null),
        new("ShortStorage", "int16", 2, null),
        new("CharStorage", "int8", 1, null),
        new("ByteStorage", "uint8", 1, null),
        new("BoolStorage", "bool", 1, null),
        new("ComplexDoubleStorage", "complex128", 16, null),
        new("ComplexFloatStorage", "complex64", 8, null),
        new("QInt8Storage", "qint8", 1, null),
        new("QUInt8Storage", "quint8", 1, null),
        new("QInt32Storage", "qint32", 4, null),
        new("UntypedStorage", "bytes", 1, null),
    ];

    /// <summary>Whether the elements are whole numbers or truth values, which count something and are no weights.</summary>
    public bool IsWhole
        => ElementName.StartsWith("int", StringComparison.Ordinal) || ElementName.StartsWith("uint", StringComparison.Ordinal) || ElementName == "bool";

    /// <summary>The class of a full name: torch.FloatStorage, torch.cuda.FloatStorage, torch.storage._UntypedStorage.</summary>
    public static StorageClass Of(string fullName)
    {
        string name = fullName[(fullName.LastIndexOf('.') + 1)..].TrimStart('_');
        return Array.Find(Known, known => known.Name == name) ?? new(name, name, 0, null);
    }

    /// <summary>The class whose elements are of a type.</summary>
    public static StorageClass Of(ElementType type) => Known.First(known => known.Elements == type);

    /// <summary>The class of the elements that a dtype names: torch.float32.</summary>
    public static StorageClass OfElements(string type)
    {
        string name = type[(type.LastIndexOf('.') + 1)..];
        return Array.Find(Known, known => known.ElementName == name) ?? new(name, name, 0, null);
    }
}

/// <summary>A storage: a flat array beside the pickle.</summary>
/// <param name="Class">What its elements are.</param>
/// <param name="Key">What it is called.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="First">Where, in elements, what is meant begins: before PyTorch 1.6 a storage could be a part of another.</param>
internal sealed record TorchStorage(StorageClass Class, string Key, long Count, long First = 0)
{
    /// <summary>
    /// The storage that a pickle names: ("storage", class, key, device, number of elements), and before 1.6 (view's key, offset, size) for a part;
    /// null if it names something else.
    /// </summary>
    public static TorchStorage? Of(PickleOutside outside)
        => outside.Id is object[] and ["storage", PickleGlobal type, string key, _, long count, .. var rest] && count >= 0
        ? new(StorageClass.Of(type.Name), key, count, rest is [object?[] and [_, long first, ..]] ? first : 0)
        : null;
}

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="File">Where the storage is.</param>
/// <param name="Storage">The storage.</param>
/// <param name="Class">What its elements are taken for.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Strides">The distance, in elements, of neighbours along each dimension.</param>
internal sealed record TorchTensor(TorchFile File, TorchStorage Storage, StorageClass Class, long Offset, int[] Shape, long[] Strides)
{
    /// <summary>The elements, row by row.</summary>
    /// <param name="type">Their type.</param>
    /// <exception cref="DataException">The storage is not there or is shorter than it is said to be.</exception>
    public double[] Read(ElementType type)
    {
        ReadOnlySpan<byte> storage = File.Read(Storage, type.Size).Span;
        var values = new double[Shape.Aggregate(1, (product, size) => checked(product * size))];
        for (int i = 0; i < values.Length; i++)
            values[i] = type.At(storage, PlaceOf(i));
        return values;
    }

    /// <summary>What is wrong with the view, or null.</summary>
    public string? Fault()
    {
        if (Shape.Length != Strides.Length)
            return $"has {Shape.Length} dimensions but {Strides.Length} strides";
        if (Offset < 0 || Array.Exists(Shape, size => size < 0) || Array.Exists(Strides, stride => stride < 0))
            return "begins before its storage";
        if (Shape.Contains(0))
            return null;
        Int128 last = (Int128)Offset + Storage.First;
        for (int d = 0; d < Shape.Length; d++)
            last += (Int128)(Shape[d] - 1) * Strides[d];
        long length = Storage.Count * Storage.Class.Size / Math.Max(Class.Size, 1);
        return last < length ? null : $"reaches to element {last} of a storage of {length}";
    }

    private long PlaceOf(int element)
    {
        long place = Storage.First + Offset;
        for (int d = Shape.Length - 1; d >= 0; d--)
        {
            place += element % Shape[d] * Strides[d];
            element /= Shape[d];
        }

        return place;
    }
}
