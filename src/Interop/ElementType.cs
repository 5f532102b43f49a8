using System.Buffers.Binary;

namespace BasinVolume.Interop;

/// <summary>A floating-point type that weights are stored in, little-endian.</summary>
internal sealed class ElementType
{
    public static readonly ElementType Float64 = new("float64", 8, BinaryPrimitives.ReadDoubleLittleEndian);
    public static readonly ElementType Float32 = new("float32", 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes));
    public static readonly ElementType Float16 = new("float16", 2, bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes));

    // The upper half of a float32.
    public static readonly ElementType BFloat16 = new(
        "bfloat16", 2, bytes => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16));

    private readonly Decoder _decode;

    private ElementType(string name, int size, Decoder decode) => (Name, Size, _decode) = (name, size, decode);

    private delegate double Decoder(ReadOnlySpan<byte> bytes);

    public string Name { get; }

    public int Size { get; }

    /// <summary>One element of an array of this type.</summary>
    public double At(ReadOnlySpan<byte> array, long index) => _decode(array.Slice(checked((int)(index * Size)), Size));
}
