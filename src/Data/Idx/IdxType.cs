using System.Buffers.Binary;

namespace BasinVolume.Data.Idx;

/// <summary>A type of whole numbers in an IDX file, big-endian.</summary>
public sealed class IdxType
{
    private static readonly IdxType[] All =
    [
        new(0x08, "unsigned byte", sizeof(byte), bytes => bytes[0]),
        new(0x09, "signed byte", sizeof(sbyte), bytes => (sbyte)bytes[0]),
        new(0x0b, "short", sizeof(short), bytes => BinaryPrimitives.ReadInt16BigEndian(bytes)),
        new(0x0c, "int", sizeof(int), bytes => BinaryPrimitives.ReadInt32BigEndian(bytes)),
    ];

    private readonly Decoder _decode;

    private IdxType(byte code, string name, int size, Decoder decode) => (Code, Name, Size, _decode) = (code, name, size, decode);

    private delegate long Decoder(ReadOnlySpan<byte> bytes);

    /// <summary>The type of images.</summary>
    public static IdxType UnsignedByte => All[0];

    /// <summary>The byte of the header that stands for it.</summary>
    public byte Code { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Bytes of an element.</summary>
    public int Size { get; }

    /// <summary>The type of a header's byte; null if there is none of whole numbers.</summary>
    public static IdxType? Of(byte code) => Array.Find(All, type => type.Code == code);

    /// <summary>An element from its bytes.</summary>
    public long Read(ReadOnlySpan<byte> bytes) => _decode(bytes);
}
