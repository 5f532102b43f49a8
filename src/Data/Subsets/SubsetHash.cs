using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BasinVolume.Data.Subsets;

/// <summary>By what a choice of samples can be recognised.</summary>
public static class SubsetHash
{
    /// <summary>SHA-256 of the indices as little-endian int32, as 64 lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<int> indices) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(indices)));
}
