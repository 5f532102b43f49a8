using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats.Torch;

namespace BasinVolume.Mnist.Formats;

/// <summary>Files of <c>torch.save(model.state_dict(), path)</c>, PyTorch 1.6 and later. Nothing in them is ever run.</summary>
public static class TorchCheckpoint
{
    // What every name begins with, as in a file that torch.save writes to no named file.
    private const string Prefix = "archive/";

    /// <summary>Reads the tensors of a model.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <returns>Their elements, one tensor after the other, each row by row.</returns>
    /// <exception cref="DataException">The file is damaged, asks for anything but tensors in containers, or holds other tensors than those wanted.</exception>
    public static double[] Read(byte[] file, string source, IReadOnlyList<TensorShape> expected)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(expected);
        using var zip = new ZipParts(file, source);
        return Read(zip, expected);
    }

    /// <summary>
    /// Writes the tensors of a model as a state_dict: <c>model.load_state_dict(torch.load(path))</c>, with <c>weights_only=True</c> or without, gives a model of the same layers these weights.
    /// A file of the same weights has the same bytes.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="tensors">The tensors, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their elements, one tensor after the other, each row by row; exactly that many.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the tensors have elements.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write<T>(string path, IReadOnlyList<TensorShape> tensors, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorFit.CheckCount(tensors, values.Length);
        StorageClass storage = TorchObjects.StorageOf(Unsafe.SizeOf<T>() == sizeof(float) ? ElementType.Float32 : ElementType.Float64);
        var parts = new List<(string, byte[])> { (Prefix + "data.pkl", TorchPickler.StateDictionary(storage, tensors)), (Prefix + "byteorder", "little"u8.ToArray()) };
        for (int i = 0; i < tensors.Count; i++)
        {
            parts.Add((FormattableString.Invariant($"{Prefix}data/{i}"), MemoryMarshal.AsBytes(values[..tensors[i].Count]).ToArray()));
            values = values[tensors[i].Count..];
        }

        parts.Add((Prefix + "version", "3\n"u8.ToArray()));
        StoredZip.Write(path, parts);
    }

    /// <summary>Reads the tensors of a model from a file that is open.</summary>
    internal static double[] Read(ZipParts zip, IReadOnlyList<TensorShape> expected)
    {
        var archive = new TorchArchive(zip);
        Dictionary<string, TorchTensor> tensors = TorchPickle.Read(archive.Pickle, zip.Source);
        return Checkpoint.Join(zip.Source, expected, tensors.Keys, name => Stored(archive, zip.Source, name, tensors[name]));
    }

    private static StoredTensor Stored(TorchArchive archive, string source, string name, TorchTensor tensor) => new(tensor.Shape, () =>
    {
        if (tensor.Storage.Class.Elements is not { } type)
            throw new DataException($"{source} holds {name} as {tensor.Storage.Class.Name}, expected float64, float32, float16 or bfloat16; convert it before saving.");
        if (tensor.Fault() is { } fault)
            throw new DataException($"{source} has a tensor {name} that {fault}; save it again with torch.save(model.state_dict(), path).");
        return tensor.Read(type, archive.Storage(tensor.Storage, type));
    });
}
