namespace BasinVolume.Data.Idx;

/// <summary>The content of an IDX file of whole numbers.</summary>
/// <param name="Shape">The size of each dimension, at least one dimension, each at least 1.</param>
/// <param name="Values">The bytes of the elements, the last dimension running fastest; as many elements as the product of <paramref name="Shape"/>.</param>
/// <param name="Sha256">SHA-256 of the whole uncompressed file, header included, as 64 lower-case hexadecimal digits.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Values, string Sha256)
{
    /// <summary>What the elements are.</summary>
    public IdxType Type { get; init; } = IdxType.UnsignedByte;

    /// <summary>An element.</summary>
    /// <param name="index">Its place, from 0.</param>
    public long At(int index) => Type.Read(Values.Span.Slice(index * Type.Size, Type.Size));
}
