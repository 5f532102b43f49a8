using System.Buffers.Binary;

namespace BasinVolume.Interop.Arrays;

/// <summary>What the elements of a .npy file are: a kind, its size and its byte order.</summary>
/// <param name="Kind">b for truth values, i and u for whole numbers with and without sign, f for real ones.</param>
/// <param name="Size">Bytes of one.</param>
/// <param name="IsBigEndian">Whether the highest byte comes first.</param>
public sealed record NpyType(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>Whether elements are truth values.</summary>
    public bool IsBoolean => Kind == 'b';

    /// <summary>Whether elements are real numbers.</summary>
    public bool IsReal => Kind == 'f';

    /// <summary>Whether elements are bytes without sign, as levels of images are.</summary>
    public bool IsByte => Kind == 'u' && Size == 1;

    /// <summary>As NumPy calls it: uint8, float64.</summary>
    public string Name => Kind switch
    {
        'b' => "bool",
        'i' => $"int{8 * Size}",
        'u' => $"uint{8 * Size}",
        _ => $"float{8 * Size}",
    };

    /// <summary>Whether it is one of those that are read: bool, whole numbers of 8 to 64 bits, real ones of 16 to 64.</summary>
    internal bool IsKnown => (Kind, Size) is ('b', 1) or ('i' or 'u', 1 or 2 or 4 or 8) or ('f', 2 or 4 or 8);

    /// <summary>Real numbers from their bytes.</summary>
    /// <param name="bytes">As many as <paramref name="numbers"/> take.</param>
    /// <param name="numbers">Receives them; none is rounded.</param>
    public void ToDoubles(ReadOnlySpan<byte> bytes, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Size == sizeof(double) ? Double(bytes[(i * Size)..]) : ToSingle(bytes[(i * Size)..]);
    }

    /// <summary>Real numbers of at most 32 bits from their bytes.</summary>
    /// <inheritdoc cref="ToDoubles"/>
    public void ToSingles(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = ToSingle(bytes[(i * Size)..]);
    }

    /// <summary>Whole numbers, or truth values as 0 and 1, from their bytes.</summary>
    /// <param name="bytes">As many as <paramref name="numbers"/> take.</param>
    /// <param name="numbers">Receives them; one of 64 bits without sign that no long holds becomes the largest long.</param>
    public void ToWhole(ReadOnlySpan<byte> bytes, Span<long> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = ToWhole(bytes.Slice(i * Size, Size));
    }

    private float ToSingle(ReadOnlySpan<byte> bytes) => (Size, IsBigEndian) switch
    {
        (2, false) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (2, true) => (float)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadSingleBigEndian(bytes),
    };

    private double Double(ReadOnlySpan<byte> bytes)
        => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes);

    private long ToWhole(ReadOnlySpan<byte> bytes)
    {
        ulong bits = 0;
        for (int i = 0; i < bytes.Length; i++)
            bits |= (ulong)bytes[IsBigEndian ? bytes.Length - 1 - i : i] << (8 * i);
        if (Kind != 'i')
            return bits > long.MaxValue ? long.MaxValue : (long)bits;
        int unused = 64 - (8 * bytes.Length);
        return (long)(bits << unused) >> unused;
    }
}
