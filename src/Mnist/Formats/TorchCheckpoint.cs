using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats.Torch;

namespace BasinVolume.Mnist.Formats;

/// <summary>Files of <c>torch.save(model.state_dict(), path)</c>, PyTorch 1.6 and later. Nothing in them is ever run.</summary>
public static class TorchCheckpoint
{
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
        using var archive = new TorchArchive(file, source);
        Dictionary<string, TorchTensor> tensors = TorchPickle.Read(archive.Pickle, source);
        return Checkpoint.Join(source, expected, tensors.ToDictionary(tensor => tensor.Key, tensor => Stored(archive, source, tensor.Key, tensor.Value)));
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
