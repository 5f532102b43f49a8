
namespace BasinVolume.Interop.Arrays;

/// <summary>
/// An array read from a .npy file, row by row (the last dimension running fastest) whatever the order in the file.
/// Real numbers are kept as double and whole numbers as 64-bit integers, both of which hold every type that <see cref="Npy"/> reads.
/// </summary>
public sealed class NpyArray
{
    // Between plus and minus this every whole number is a double.
    private const long LargestExact = 1L << 53;

    private readonly string _path;
    private readonly double[]? _reals;
    private readonly long[]? _integers;

    internal NpyArray(string path, IReadOnlyList<int> shape, double[] reals, int bits)
        : this(path, shape) => (_reals, RealBits) = (reals, bits);

    internal NpyArray(string path, IReadOnlyList<int> shape, long[] integers)
        : this(path, shape) => _integers = integers;

    private NpyArray(string path, IReadOnlyList<int> shape)
    {
        _path = path;
        Shape = shape;
    }

    /// <summary>The size of each dimension; none for a single number. A size may be 0.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The bits of a real number in the file, 16, 32 or 64; null for whole numbers and truth values, which are exact.</summary>
    public int? RealBits { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _reals?.Length ?? _integers!.Length;

    /// <summary>Whether the elements are truth values, which are whole numbers 0 and 1 here.</summary>
    public bool IsBoolean { get; init; }

    /// <summary>Whether the elements are whole numbers, rather than real ones.</summary>
    public bool IsWhole => _integers is not null;

    /// <summary>The elements as double; none is rounded.</summary>
    /// <exception cref="DataException">A whole number is too large for that.</exception>
    public double[] AsDoubles()
    {
        if (_reals is not null)
            return _reals;
        int index = Array.FindIndex(_integers!, value => value is < -LargestExact or > LargestExact);
        if (index >= 0)
            throw new DataException($"{_path} has {_integers![index]} at index {index}, which a double cannot hold exactly; save the array as float64.");
        return Array.ConvertAll(_integers!, static value => (double)value);
    }

    /// <summary>The elements as 64-bit integers.</summary>
    /// <exception cref="DataException">The file holds real numbers.</exception>
    public long[] AsInt64() => _integers ?? throw new DataException($"{_path} holds real numbers, expected whole ones; save the array as int64.");
}
