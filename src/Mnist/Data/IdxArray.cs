namespace BasinVolume.Mnist.Data;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Shape">The size of each dimension, at least one dimension, each at least 1.</param>
/// <param name="Values">The elements, the last dimension running fastest; as many as the product of <paramref name="Shape"/>.</param>
/// <param name="Sha256">SHA-256 of the whole uncompressed file, header included, as 64 lower-case hexadecimal digits.</param>
public sealed record IdxArray(IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Values, string Sha256);
