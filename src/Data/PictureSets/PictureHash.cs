using System.Security.Cryptography;
using System.Text;

namespace BasinVolume.Data.PictureSets;

/// <summary>One hash of many files: of each, in their order, its name, a zero, the hash of its bytes in digits, and a line's end.</summary>
internal sealed class PictureHash : IDisposable
{
    private readonly IncrementalHash _all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a file.</summary>
    public void Add(string name, byte[] content)
        => _all.AppendData(Encoding.UTF8.GetBytes($"{name}\0{Convert.ToHexStringLower(SHA256.HashData(content))}\n"));

    /// <summary>The hash, as 64 lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_all.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _all.Dispose();
}
