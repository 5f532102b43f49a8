using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Arrays;

/// <summary>
/// NumPy's .npz files: a zip file with a .npy file for each tensor, stored or compressed, as <c>numpy.savez(path, **tensors)</c> and
/// <c>numpy.savez_compressed</c> write them.
/// </summary>
public static class Npz
{
    /// <summary>The form, for weights.</summary>
    internal static WeightFormat Format { get; } = new(bytes => bytes.Zip is { } zip && zip.Names.Any(IsArray), bytes => Find(bytes.Zip!, bytes.Expected))
    {
        Writer = new(".npz", (path, tensors, values, _) => Write<double>(path, tensors, values)),
    };

    private const string Extension = ".npy";

    // What a .npy file may have before its elements.
    private const long MostHeader = 1 << 16;

    // As much as is unpacked from any file, and from a larger one by its size.
    private const long BytesUnpacked = 1L << 26;
    private const long TimesUnpacked = 16;

    /// <summary>Reads the one array of a file; compressed it may be up to 64 MiB large, or sixteen times the file.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <exception cref="DataException">The file is damaged, has none or several arrays, or elements of another type.</exception>
    public static NpyArray ReadOnly(byte[] file, string source)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var zip = new ZipParts(file, source);
        string[] arrays = [.. zip.Names.Where(IsArray).Order(StringComparer.Ordinal)];
        return arrays is [string only]
            ? Npy.Parse(new MemoryStream(Unpacked(zip, only, file.Length), writable: false), $"{Printable.Name(only)} in {source}")
            : throw new DataException(
                $"{source} holds {arrays.Length} arrays ({Printable.List(arrays)}), expected one; save the one that is meant with numpy.save.");
    }

    /// <summary>Reads some of the arrays of a file; compressed each may be up to 64 MiB large, or sixteen times the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What they are called, as numpy.savez has it.</param>
    /// <exception cref="DataException">The file cannot be read, is damaged or no .npz file, or lacks an array.</exception>
    /// <example>
    /// <code>
    /// Npz.Write&lt;double&gt;("data.npz", [new("x", [8, 2]), new("y", [8])], [.. points.Values, .. labels]);
    /// IReadOnlyDictionary&lt;string, NpyArray&gt; arrays = Npz.Read("data.npz", "x", "y");
    /// </code>
    /// </example>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path, params ReadOnlySpan<string> names)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file = Bytes(path);
        if (!file.AsSpan().StartsWith("PK"u8))
            throw new DataException($"{path} is no .npz file; write it with numpy.savez.");
        using var zip = new ZipParts(file, path);
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!zip.Names.Contains(name + Extension))
                throw new DataException(
                    $"{path} has no array '{name}' but {Printable.List(zip.Names.Where(IsArray).Select(NameOf).Order(StringComparer.Ordinal))}; "
                    + $"write it with numpy.savez({string.Join(", ", names.ToArray().Select(wanted => $"{wanted}={wanted}"))}).");
            arrays[name] = Npy.Parse(new MemoryStream(Unpacked(zip, name + Extension, file.Length), writable: false), $"{name} in {path}");
        }

        return arrays;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return InputFile.ReadAll(path, Array.MaxLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a .npz file that exists and that you may read.", e);
        }
    }

    /// <summary>Writes the tensors of a model, uncompressed.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="tensors">The tensors, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their elements, one tensor after the other, each row by row; exactly that many.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the tensors have elements.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write<T>(string path, IReadOnlyList<TensorShape> tensors, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        TensorFit.CheckCount(tensors, values.Length);
        var parts = new List<(string, byte[])>();
        foreach (TensorShape tensor in tensors)
        {
            parts.Add((tensor.Name + Extension, Npy.BytesOf(tensor.Shape, values[..tensor.Count])));
            values = values[tensor.Count..];
        }

        StoredZip.Write(path, parts);
    }

    /// <summary>Whether a part of that name is what makes a zip file NumPy's.</summary>
    internal static bool IsArray(string name) => name.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>The tensors of a file that is open.</summary>
    /// <param name="zip">The file.</param>
    /// <param name="expected">The tensors wanted: no array that is larger than the largest of them is read.</param>
    internal static IEnumerable<FoundTensor> Find(ZipParts zip, IReadOnlyList<TensorShape> expected)
    {
        long most = MostHeader + (sizeof(double) * expected.Select(tensor => (long)tensor.Count).DefaultIfEmpty().Max());
        return zip.Names.Where(part => !part.EndsWith('/')).Select(part => new FoundTensor(string.Empty, NameOf(part), part, () => Stored(zip, part, most)));
    }

    private static string NameOf(string part) => IsArray(part) ? part[..^Extension.Length] : part;

    // Zeros shrink to a thousandth, and so does a file that is made to fill the memory of whoever opens it.
    private static byte[] Unpacked(ZipParts zip, string part, long fileLength)
    {
        long length = zip.SizeOf(part).Length, most = Math.Max(BytesUnpacked, TimesUnpacked * fileLength);
        return length <= most
            ? zip.Read(part)
            : throw new DataException(
                $"{zip.Source} unpacks to {length} bytes, and at most {most} are unpacked from a file of its size; save the array with numpy.save.");
    }

    // No array of the model is larger, so that nothing more is inflated, whatever sizes the file claims.
    private static StoredTensor Stored(ZipParts zip, string part, long most)
    {
        if (!IsArray(part))
            return StoredTensor.Unreadable("is no .npy file");
        long length = zip.SizeOf(part).Length;
        if (length > most)
            return StoredTensor.Unreadable($"has {length} bytes, expected at most {most}, which the largest tensor of this model takes");
        NpyArray array = Npy.Parse(new MemoryStream(zip.Read(part), writable: false), $"{part} in {zip.Source}");
        return new(array.Shape, array.AsDoubles) { WholeType = array.IsWhole ? "whole numbers" : null };
    }
}
