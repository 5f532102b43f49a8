using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Schema;
using Google.Protobuf;

namespace BasinVolume.Onnx.Files;

/// <summary>A model as a file has it, parsed and not yet understood, and where the files are that keep its large tensors.</summary>
/// <param name="Proto">What the file says.</param>
/// <param name="Source">What the file is called in errors.</param>
/// <param name="Folder">Where external data lies; null where there is no such place.</param>
internal sealed record ModelFile(ModelProto Proto, string Source, string? Folder)
{
    /// <summary>The most bytes of a model, which is the most that protobuf can hold.</summary>
    public const long MostBytes = int.MaxValue;

    /// <summary>Who wrote the files that are written here.</summary>
    public const string Producer = "BasinVolume";

    /// <summary>The most nodes of a graph: what is larger was not made for second derivatives.</summary>
    public const int MostNodes = 100_000;

    /// <summary>The operator set whose meanings are known: from that in which broadcasting became NumPy's to the last that the schema's release has.</summary>
    public const int FirstOpset = 7;

    /// <inheritdoc cref="FirstOpset"/>
    public const int LastOpset = 28;

    /// <summary>Whether it was written here.</summary>
    public bool IsOurs => Proto.ProducerName == Producer;

    /// <summary>The operators' version.</summary>
    public int Opset => (int)Proto.OpsetImport.First(IsOwn).Version;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">It cannot be read, is damaged, or has no graph of a version that is known.</exception>
    public static ModelFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(InputFile.ReadAll(path, MostBytes), path, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give an ONNX file that exists and that you may read.", e);
        }
    }

    /// <summary>Takes the bytes of a file apart.</summary>
    /// <exception cref="DataException">They are damaged, or have no graph of a version that is known.</exception>
    public static ModelFile Parse(byte[] bytes, string source, string? folder)
    {
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new DataException($"{source} is no ONNX file, or a damaged one ({Printable.Name(e.Message.TrimEnd('.'))}); export or copy it again.", e);
        }

        var file = new ModelFile(proto, source, folder);
        file.Check();
        return file;
    }

    /// <summary>An error about the file as a whole.</summary>
    public DataException Fault(string what) => new($"{Source} {what}");

    private void Check()
    {
        if (Proto.Graph is null || Proto.Graph.Node.Count == 0)
            throw Fault("has no graph of operators, as an ONNX file has; export or copy it again.");
        if (Proto.Graph.Node.Count > MostNodes)
            throw Fault($"has {Proto.Graph.Node.Count} nodes, and at most {MostNodes} are read; give a smaller network.");
        if (Proto.OpsetImport.FirstOrDefault(IsOwn) is not { } opset)
            throw Fault("does not say of which version its operators are (opset_import); export it again.");
        if (opset.Version is < FirstOpset or > LastOpset)
            throw Fault(
                $"has operators of version (opset) {opset.Version}, and {FirstOpset} to {LastOpset} are read; export it with opset_version 17, or convert it.");
        if (Proto.Functions.Count > 0)
            throw Fault($"defines functions of its own ('{Printable.Name(Proto.Functions[0].Name)}'), which are not read; inline them before saving.");
        if (Proto.Graph.SparseInitializer.Count > 0)
            throw Fault("has sparse tensors, which are not read; save them dense.");
    }

    private static bool IsOwn(OperatorSetIdProto set) => set.Domain is "" or "ai.onnx";
}
