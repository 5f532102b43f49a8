using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Torch;

namespace BasinVolume.Interop.Weights;

/// <summary>Writes files of <c>torch.save(model.state_dict(), path)</c>, as PyTorch 1.6 and later do. (<see cref="WeightFile"/> reads them.)</summary>
public static class TorchCheckpoint
{
    /// <summary>
    /// The form, for weights. An archive with a pickle is PyTorch's whatever else is in it, and one without arrays of NumPy is taken for PyTorch's, so that
    /// what is missing in it can be said.
    /// </summary>
    internal static WeightFormat Format { get; } = new(
        bytes => bytes.Zip is { } zip && (zip.Names.Any(TorchArchive.IsPickle) || !zip.Names.Any(Npz.IsArray)), bytes => TorchTensors.Of(
            new TorchArchive(bytes.Zip!)))
    {
        Writer = new(".pt", (path, tensors, values, _) => Write<double>(path, tensors, values)),
    };

    // What every name begins with, as in a file that torch.save writes to no named file.
    private const string Prefix = "archive/";

    /// <summary>
    /// Writes the tensors of a model as a state_dict: <c>model.load_state_dict(torch.load(path))</c>, with <c>weights_only=True</c> or without, gives a model
    /// of the same layers these weights.
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
        StorageClass storage = StorageClass.Of(Unsafe.SizeOf<T>() == sizeof(float) ? ElementType.Float32 : ElementType.Float64);
        var parts = new List<(string, byte[])>
        {
            (Prefix + "data.pkl", TorchPickler.StateDictionary(storage, tensors)),
            (Prefix + "byteorder", "little"u8.ToArray()),
        };
        for (int i = 0; i < tensors.Count; i++)
        {
            parts.Add((FormattableString.Invariant($"{Prefix}data/{i}"), MemoryMarshal.AsBytes(values[..tensors[i].Count]).ToArray()));
            values = values[tensors[i].Count..];
        }

        parts.Add((Prefix + "version", "3\n"u8.ToArray()));
        StoredZip.Write(path, parts);
    }
}
