using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Schema;
using Google.Protobuf;

namespace BasinVolume.Onnx.Files;

/// <summary>Tensors that lie in a file beside the model: its name, where they begin, and how long they are stand in the model.</summary>
internal static class ExternalData
{
    /// <summary>The bytes of a tensor.</summary>
    /// <param name="file">The model.</param>
    /// <param name="tensor">A tensor of it that is kept elsewhere.</param>
    /// <param name="length">How many bytes its shape takes.</param>
    /// <exception cref="DataException">The file is not beside the model, cannot be read, or is too short; or the place is no place in it.</exception>
    public static byte[] Read(ModelFile file, TensorProto tensor, long length)
    {
        string path = PathOf(file, tensor);
        long offset = Number(file, tensor, "offset") ?? 0, stated = Number(file, tensor, "length") ?? length;
        if (stated != length)
            throw file.Fault($"gives the tensor '{Printable.Name(tensor.Name)}' {stated} bytes in {path}, but its shape takes {length}; export it again.");
        try
        {
            using Stream data = InputFile.Open(path, long.MaxValue);
            if (offset > data.Length - length)
                throw file.Fault(
                    $"has the tensor '{Printable.Name(tensor.Name)}' at bytes {offset} to {offset + length} of {path}, which has {data.Length}; "
                    + "copy both files again.");
            data.Position = offset;
            var bytes = new byte[length];
            data.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw file.Fault(
                $"keeps the tensor '{Printable.Name(tensor.Name)}' in {path}, which cannot be read ({e.Message.TrimEnd('.')}); put it beside the model.");
        }
    }

    /// <summary>The files that a model keeps tensors in, each once.</summary>
    /// <exception cref="DataException">One would be elsewhere than beside the model.</exception>
    public static IReadOnlyList<string> FilesOf(ModelFile file)
        => [.. file.Proto.Graph.Initializer.Where(IsExternal).Select(tensor => PathOf(file, tensor)).Distinct(StringComparer.Ordinal)];

    /// <summary>The model with all its tensors in itself.</summary>
    /// <exception cref="DataException">A file beside it cannot be read.</exception>
    public static ModelProto TakenIn(ModelFile file)
    {
        ModelProto whole = file.Proto.Clone();
        foreach (TensorProto tensor in whole.Graph.Initializer.Where(IsExternal))
        {
            long length = Number(file, tensor, "length") ?? TensorReader.LengthOf(file, tensor);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(Read(file, tensor, length));
            tensor.ClearDataLocation();
            tensor.ExternalData.Clear();
        }

        return whole;
    }

    /// <summary>Whether a tensor is kept elsewhere.</summary>
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    // Beside the model or in a folder below it: a name that leads elsewhere would let a file that was downloaded read any other.
    private static string PathOf(ModelFile file, TensorProto tensor)
    {
        string name = Entry(tensor, "location") ?? string.Empty;
        string[] parts = name.Split('/');
        if (file.Folder is null || parts.Any(LeadsAway))
            throw file.Fault(
                $"keeps the tensor '{Printable.Name(tensor.Name)}' in '{Printable.Name(name)}', which is no place beside the model; "
                + "export it with its data beside it.");
        string path = Path.Combine([file.Folder, .. parts]);
        return File.Exists(path) && new FileInfo(path).LinkTarget is not null
            ? throw file.Fault($"keeps the tensor '{Printable.Name(tensor.Name)}' in {path}, which is a link; put the file itself beside the model.")
            : path;
    }

    private static bool LeadsAway(string part) => part is "" or "." or ".." || part.AsSpan().ContainsAny('\\', ':') || !Printable.Is(part);

    private static long? Number(ModelFile file, TensorProto tensor, string key)
    {
        if (Entry(tensor, key) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw file.Fault(
                $"gives the tensor '{Printable.Name(tensor.Name)}' the {key} '{Printable.Name(text)}', expected a whole number; export it again.");
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;
}
