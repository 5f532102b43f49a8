using BasinVolume.Interop;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Graphs;
using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Rewriting;

namespace BasinVolume.Onnx;

/// <summary>Reads networks with their weights from ONNX files.</summary>
public static class OnnxImport
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">An ONNX file; tensors that it keeps elsewhere lie beside it.</param>
    /// <param name="options">What its owner decides.</param>
    /// <returns>The network, its weights, and what was done to them.</returns>
    /// <exception cref="DataException">
    /// The file cannot be read or is damaged, or has an operator, an attribute or a shape that is not taken; the message names the operator and the node.
    /// </exception>
    public static ImportedNetwork Read(string path, ImportOptions options) => Of(ModelFile.Read(path), options);

    /// <summary>Reads the bytes of a file that keeps all its tensors in itself.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="options">What its owner decides.</param>
    /// <inheritdoc cref="Read(string, ImportOptions)" path="/returns|/exception"/>
    public static ImportedNetwork Read(byte[] bytes, string source, ImportOptions options) => Of(ModelFile.Parse(bytes, source, folder: null), options);

    /// <summary>
    /// A file with everything in itself: tensors that it keeps elsewhere, and what its owner decided, which is read again where nothing else is said.
    /// </summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="options">What its owner decides.</param>
    /// <exception cref="DataException">The file or one beside it cannot be read, or is damaged.</exception>
    public static byte[] SelfContained(string path, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Decisions.With(ExternalData.TakenIn(ModelFile.Read(path)), options);
    }

    /// <summary>The file, and those beside it that it keeps tensors in.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <exception cref="DataException">The file cannot be read, is damaged, or keeps tensors elsewhere than beside it.</exception>
    public static IReadOnlyList<string> FilesOf(string path) => [path, .. ExternalData.FilesOf(ModelFile.Read(path))];

    private static ImportedNetwork Of(ModelFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = Decisions.Of(file, options);
        var notes = new List<string>();
        var graph = Graph.Of(file);
        Value output = Translation.Of(graph, notes);
        output = Rewriter.Apply(output, ReshapeRule.Apply);
        output = Rewriter.Apply(output, PaddingRule.Apply);
        output = Rewriter.Apply(output, ActivationRule.Apply);
        output = Rewriter.Apply(output, NormalizationRule.Apply);
        output = Rewriter.Apply(output, MatrixProductRule.Apply);
        output = Rewriter.Apply(output, BiasRule.Apply);
        if (options.FoldsBatchNormalization)
            output = Rewriter.Apply(output, new FoldingRule(notes).Apply);
        output = Rewriter.Apply(output, new Lowering(notes) { InitializersAreParameters = file.IsOurs }.Apply);
        output = Rewriter.Apply(output, TransposeRule.Apply);
        if (ChannelsFirst.Of(output) is { } turned)
        {
            output = turned;
            IReadOnlyList<int> shape = Rewriter.Ordered(turned)[0].Dims;
            notes.Add(
                $"samples have channels first, [{string.Join(", ", shape)}], where the file takes [{string.Join(", ", graph.Input.Sample)}]: "
                + "the exchange of axes at its beginning is taken off");
        }

        return Assembly.Of(graph, output, options, notes);
    }
}
