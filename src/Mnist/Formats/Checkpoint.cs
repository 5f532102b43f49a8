using System.Security.Cryptography;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats.Torch;

namespace BasinVolume.Mnist.Formats;

/// <summary>Weights that were trained elsewhere: a folder of .npy files, a file of torch.save, a .safetensors or a .npz file. Files are told apart by what is in them, not by their names.</summary>
public static class Checkpoint
{
    // What DataParallel puts before every name.
    private const string ParallelPrefix = "module.";

    /// <summary>Reads the tensors of a model.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <returns>Their elements, one tensor after the other, each row by row.</returns>
    /// <exception cref="DataException">
    /// There is nothing of that name, it is unreadable or in no known format, or a tensor is missing, unknown (in a file), or has another shape or an element that is not finite.
    /// </exception>
    public static double[] Read(string path, IReadOnlyList<TensorShape> expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(expected);
        return Directory.Exists(path) ? TensorFolder.Read(path, expected) : Parse(Bytes(path), path, expected);
    }

    /// <summary>What the weights can be recognised by: the SHA-256 of the file, or of all files of a folder's tensors in the order of the model, in lower-case hexadecimal.</summary>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public static string Sha256(string path, IReadOnlyList<TensorShape> expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(expected);
        string[] files = Directory.Exists(path) ? [.. expected.Select(tensor => TensorFolder.PathOf(path, tensor))] : [path];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(Bytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The elements of a file's tensors. Tensors that the model does not know make it another model, whose curvature would be another.</summary>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <param name="names">All names in the file; checked before any tensor is looked at.</param>
    /// <param name="find">Gives the tensor of a name.</param>
    internal static double[] Join(string source, IReadOnlyList<TensorShape> expected, IReadOnlyCollection<string> names, Func<string, StoredTensor> find)
    {
        string prefix = names.Count > 0 && names.All(name => name.StartsWith(ParallelPrefix, StringComparison.Ordinal)) ? ParallelPrefix : string.Empty;
        string[] wanted = [.. expected.Select(tensor => tensor.Name)], present = [.. names.Select(name => name[prefix.Length..])];
        TensorFit.CheckPresent(source, wanted, present);
        string[] unknown = [.. present.Except(wanted).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new DataException($"{source} has {string.Join(", ", unknown)}, which this model does not know; give the weights of this model.");
        return TensorFit.Join(source, expected, tensor => find(prefix + tensor.Name));
    }

    private static double[] Parse(byte[] file, string path, IReadOnlyList<TensorShape> expected)
    {
        if (file.AsSpan().StartsWith("PK"u8))
            return ParseZip(file, path, expected);
        // Protocol 2 and then a long integer, PyTorch's old mark.
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x80, 0x02, 0x8a, 0x0a]))
            throw new DataException($"{path} is in the format of PyTorch before 1.6, which is not read; load it in PyTorch and save it again with torch.save(model.state_dict(), path).");
        if (file.Length > SafeTensors.PrefixLength && file[SafeTensors.PrefixLength] == '{')
            return SafeTensors.Read(file, path, expected);
        throw new DataException($"{path} is neither a file of torch.save nor a .safetensors or .npz file; give one of those, or a folder of .npy files.");
    }

    private static double[] ParseZip(byte[] file, string path, IReadOnlyList<TensorShape> expected)
    {
        using var zip = new ZipParts(file, path);
        return zip.Names.Any(Npz.IsArray) && !zip.Names.Any(TorchArchive.IsPickle) ? Npz.Read(zip, expected) : TorchCheckpoint.Read(zip, expected);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file or a folder that exists and that you may read.", e);
        }
    }
}
