using System.Security.Cryptography;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Torch;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Weights;

/// <summary>
/// Weights that were trained elsewhere: a folder of .npy files, a file of torch.save, a .safetensors or a .npz file.
/// Files are told apart by what is in them, not by their names.
/// </summary>
public static class WeightFile
{
    // Told apart in this order.
    private static readonly WeightFormat[] Formats = [TorchCheckpoint.Format, Npz.Format, LegacyTorchFile.Format, SafeTensors.Format, PlainPickle.Format];

    // A training's checkpoint has the state of its optimizer and its history beside the weights; what is far larger is another model's, or a trap.
    private const long BytesBeside = 1L << 26;
    private const int CopiesInFile = 16;

    /// <summary>Reads the tensors of a model.</summary>
    /// <param name="path">A file or a folder; a file of at most 64 MiB and sixteen times the model's weights in float64.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <param name="key">The part of a file to look into, with points between keys; null to find it.</param>
    /// <exception cref="DataException">
    /// There is nothing of that name, it is unreadable or in no known format, a part is chosen of what has none, or a tensor is missing, unknown (in a file),
    /// or has another shape or an element that is not finite.
    /// </exception>
    public static StoredWeights Read(string path, IReadOnlyList<TensorShape> expected, string? key = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(expected);
        if (!Directory.Exists(path))
            return Read(Bytes(path, expected), path, expected, key);
        return key is null
            ? new(TensorFolder.Read(path, expected), string.Empty, [])
            : throw new DataException($"{path} is a folder, of which --key {key} chooses no part; give a file, or leave out --key.");
    }

    /// <summary>Reads the tensors of a model from the bytes of a file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <param name="key">The part of the file to look into; null to find it.</param>
    /// <exception cref="DataException">As of a file by its path.</exception>
    public static StoredWeights Read(byte[] file, string source, IReadOnlyList<TensorShape> expected, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(expected);
        using var bytes = new WeightBytes(file, source, expected);
        WeightFormat format = Formats.FirstOrDefault(format => format.Is(bytes)) ?? throw Unknown(bytes);
        return TensorChoice.Read(source, expected, format.Find(bytes), key) with { Metadata = format.Metadata(bytes) };
    }

    /// <summary>
    /// Writes the tensors of a model in float64, in every form that other programs take: a folder with one .npy a tensor, and beside it a file of each form.
    /// </summary>
    /// <param name="path">The folder; the files have its name and an ending.</param>
    /// <param name="tensors">The tensors, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their elements, one tensor after the other, each row by row.</param>
    /// <param name="metadata">What is to be known of them, for forms that have a place for it.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the tensors have elements.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void WriteAll(string path, IReadOnlyList<TensorShape> tensors, double[] values, IReadOnlyDictionary<string, string> metadata)
    {
        TensorFolder.Write<double>(path, tensors, values);
        foreach (WeightWriter writer in Formats.Select(format => format.Writer).OfType<WeightWriter>())
            writer.Write(path + writer.Ending, tensors, values, metadata);
    }

    /// <summary>
    /// What the weights can be recognised by: the SHA-256 of the file, or of all files of a folder's tensors in the order of the model, in lower-case
    /// hexadecimal.
    /// </summary>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public static string Sha256(string path, IReadOnlyList<TensorShape> expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(expected);
        string[] files = Directory.Exists(path) ? [.. expected.Select(tensor => TensorFolder.PathOf(path, tensor))] : [path];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(Bytes(file, expected));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DataException Unknown(WeightBytes bytes) => new(IsTar(bytes.File)
        ? $"{bytes.Source} is a tar archive, as PyTorch wrote them before version 0.1.10, which are not read; "
            + "load it in PyTorch and save it again with torch.save(model.state_dict(), path)."
        : $"{bytes.Source} is neither a file of torch.save nor a .safetensors or .npz file; give one of those, or a folder of .npy files.");

    private static bool IsTar(ReadOnlySpan<byte> file)
        => file.Length > 512 && (file[257..].StartsWith("ustar"u8) || file.StartsWith("sys_info\0"u8) || file.StartsWith("storages\0"u8));

    private static byte[] Bytes(string path, IReadOnlyList<TensorShape> expected)
    {
        try
        {
            return InputFile.ReadAll(path, BytesBeside + (CopiesInFile * expected.Sum(tensor => sizeof(double) * (long)tensor.Count)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file or a folder that exists and that you may read.", e);
        }
    }
}
