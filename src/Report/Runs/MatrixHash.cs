using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BasinVolume.Kernels;

namespace BasinVolume.Report.Runs;

/// <summary>What a Hessian can be recognised by in the documents of jobs that took it, whatever file it was read from.</summary>
public static class MatrixHash
{
    /// <summary>The SHA-256 of the elements, row by row, as little-endian float64, in lower-case hexadecimal.</summary>
    public static string Of(Matrix matrix)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int row = 0; row < matrix.Rows; row++)
            hash.AppendData(MemoryMarshal.AsBytes(matrix.Row(row)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
