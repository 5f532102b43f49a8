using System.Buffers.Binary;
using System.Text;

namespace BasinVolume.Interop.Pickles;

/// <summary>
/// What NumPy pickles: an array is remade empty and then gets its state (version, shape, type, whether in Fortran's order, bytes), or with protocol 5 is made
/// from its bytes; a number of its own is a type and its bytes.
/// </summary>
internal static class PickledNumpy
{
    /// <summary>An array of bytes, row by row; null for whatever else.</summary>
    public static PickledArray? ArrayOf(object? value) => value switch
    {
        PickleObject { State: object?[] and [_, object?[] shape, var type, false, var content] } array when IsCalled(array, "._reconstruct")
            => ArrayOf(shape, type, content),
        PickleObject { Arguments: [var content, var type, object?[] shape, "C"] } array when IsCalled(array, "._frombuffer") => ArrayOf(shape, type, content),
        _ => null,
    };

    /// <summary>A whole number, Python's or NumPy's; null for whatever else.</summary>
    public static long? NumberOf(object? value) => value switch
    {
        long number => number,
        PickleObject { Arguments: [PickleObject type, var bytes] } number when IsCalled(number, ".scalar") => NumberOf(type, BytesOf(bytes)),
        _ => null,
    };

    private static PickledArray? ArrayOf(object?[] shape, object? type, object? content)
    {
        if (!Array.TrueForAll(shape, size => size is >= 0L and <= int.MaxValue) || TypeOf(type) is not "u1" || BlobOf(content) is not { } blob)
            return null;
        int[] sizes = Array.ConvertAll(shape, size => (int)(long)size!);
        Int128 elements = sizes.Aggregate(Int128.One, (product, size) => product * size);
        // A text takes one byte or two for each.
        return elements <= blob.Length && (blob.IsText ? blob.Length <= 2 * elements : blob.Length == elements) ? new(sizes, blob) : null;
    }

    private static PickleBlob? BlobOf(object? content) => content switch
    {
        PickleBlob { IsText: false } blob => blob,
        // Bytes where the protocol has none: _codecs.encode(text, 'latin1'); and a bytearray of those.
        PickleObject { Arguments: [PickleBlob { IsText: true } text, "latin1"] } encoded when IsCalled(encoded, "_codecs.encode") => text,
        PickleObject { Arguments: [PickleBlob { IsText: false } blob] } array when IsCalled(array, ".bytearray") => blob,
        _ => null,
    };

    private static byte[]? BytesOf(object? content) => content switch
    {
        byte[] bytes => bytes,
        // Python 2.
        string text when text.All(character => character <= byte.MaxValue) => Encoding.Latin1.GetBytes(text),
        PickleObject { Arguments: [string text, "latin1"] } made when IsCalled(made, "_codecs.encode") => Encoding.Latin1.GetBytes(text),
        _ => null,
    };

    // i1, i2, i4, i8 and their unsigned kin, little-endian unless the type's state says otherwise.
    private static long? NumberOf(PickleObject type, byte[]? bytes)
    {
        if (TypeOf(type) is not { Length: 2 } name || name[0] is not ('i' or 'u') || bytes is null || bytes.Length != name[1] - '0'
            || bytes.Length is 0 or > sizeof(long) || type.State is object?[] and [_, ">", ..])
        {
            return null;
        }

        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Fill(name[0] == 'i' && (bytes[^1] & 0x80) != 0 ? byte.MaxValue : (byte)0);
        bytes.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private static string? TypeOf(object? type)
        => type is PickleObject { Arguments: [string name, ..] } made && IsCalled(made, "numpy.dtype") ? name : null;

    private static bool IsCalled(PickleObject made, string ending)
        => made.Maker is PickleGlobal global && global.Name.EndsWith(ending, StringComparison.Ordinal);
}
