using System.Security.Cryptography;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Formats;

/// <summary>By what a file can be recognised.</summary>
public static class FileHash
{
    /// <summary>SHA-256 of a file's bytes as they are, as 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static string Of(string path)
    {
        try
        {
            using Stream file = InputFile.Open(path, long.MaxValue);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
        }
    }
}
