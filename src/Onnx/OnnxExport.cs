using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Onnx.Writing;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx;

/// <summary>
/// Writes networks with their weights as ONNX files, version 17 of the operators, for batches of any size. Parameters keep their names. The output is what goes
/// into the loss, such as logits: no softmax is added.
/// </summary>
public static class OnnxExport
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">All its parameters, in its order.</param>
    /// <param name="options">How it is written; in float32 if left out.</param>
    /// <exception cref="OutputException">The file cannot be written, or has more than protobuf can hold.</exception>
    /// <exception cref="NetworkException">
    /// There is not one weight for each parameter, one is beyond the file's precision, or an operator has no counterpart in ONNX.
    /// </exception>
    /// <example>
    /// <code>
    /// OnnxExport.Write("net.onnx", network, weights);
    /// ImportedNetwork imported = OnnxImport.Read("net.onnx", new ImportOptions());
    /// </code>
    /// </example>
    public static void Write(string path, Network network, ReadOnlySpan<double> weights, ExportOptions? options = null)
    {
        byte[] bytes = Bytes(network, weights, options);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of such a file.</summary>
    /// <inheritdoc cref="Write" path="/param[@name='network' or @name='weights' or @name='options']|/exception"/>
    public static byte[] Bytes(Network network, ReadOnlySpan<double> weights, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new();
        DataType type = options.Precision == ExportPrecision.Float64 ? DataType.Double : DataType.Float;
        string loss = Decisions.Of(network);
        return NetworkWriter.Bytes(network, weights, type, loss, [new(Decisions.LossKey, loss), .. options.Metadata]);
    }
}
