using BasinVolume.Interop;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Runs;

/// <summary>The folder of one run and the names of the files in it.</summary>
public sealed class RunFolder
{
    /// <summary>What the page of a folder is called.</summary>
    public const string PageName = "report.html";

    /// <summary>Where the indices of the training images are.</summary>
    internal const string IndicesName = "indices.npy";

    private static readonly string[] NetworkEndings = [".json", ".onnx"];

    private readonly OutputFolder _output;
    private readonly RunKind _kind;

    /// <summary>The place of a run in a folder; nothing is written before it begins.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="kind">What kind of run it is.</param>
    /// <exception cref="OutputException">A run of the same kind is in the folder, and is to be kept.</exception>
    public RunFolder(OutputFolder output, RunKind kind)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.CheckKept(kind);
        (_output, _kind) = (output, kind);
    }

    /// <summary>Where it is.</summary>
    public string FullPath => _output.FullPath;

    /// <summary>Where the run's result is once it is finished.</summary>
    public string ResultFile => Path.Combine(FullPath, _kind.ResultName);

    /// <summary>Where the run's log is, or was when the run was finished; null before it begins.</summary>
    public string? LogFile => _output.IsTaken ? PathOf(_kind.LogName) : null;

    /// <summary>Where a page finds the run's documents, those that are still to be published first.</summary>
    internal IReadOnlyList<string> Places => [_output.Unfinished, FullPath];

    /// <summary>Takes the folder, once all inputs are checked: better before the work than after it.</summary>
    /// <exception cref="OutputException">It cannot be made or written to, another process writes to it, or there is a run in it that is to be kept.</exception>
    public void Begin() => _output.Take(_kind);

    /// <summary>What the run keeps until it is finished, to go on with.</summary>
    public CheckpointFolder Checkpoint => _output.Checkpoint;

    /// <summary>Where a file of this run is written.</summary>
    /// <exception cref="DataException">No file can have that name.</exception>
    /// <exception cref="OutputException">The folder is not there any more.</exception>
    public string PathOf(string name)
    {
        _output.CheckThere();
        return NamedFile.In(_output.Unfinished, name);
    }

    /// <summary>Writes the run's result, with what it wrote so far under <c>files</c>: the mark of a finished run.</summary>
    /// <param name="record">The result.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void WriteResult(IRunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        IRunRecord complete = record.With(Manifest.Of(_output.Unfinished, except: _kind.LogName).Files);
        AtomicFile.Write(PathOf(_kind.ResultName), stream => _kind.Write(stream, complete));
    }

    /// <summary>Puts the finished run in its place, instead of an earlier one.</summary>
    /// <exception cref="OutputException">A file cannot be moved, or the folder is not there any more.</exception>
    public void Publish()
    {
        _output.CheckThere();
        OutputException.Guard(FullPath, () => Publication.Publish(FullPath));
    }

    /// <summary>The place of another run in the same folder, which begins after this one is published.</summary>
    public RunFolder ForAnother(RunKind kind) => new(_output, kind);

    /// <summary>Whether a file is one that a run has before it has found anything: its log, and copies of what it was given.</summary>
    internal static bool IsBeginning(string name)
        => name == IndicesName || name.StartsWith("network-", StringComparison.Ordinal) || RunKind.All.Any(kind => kind.LogName == name);

    /// <summary>What the folder of a model's weights is called.</summary>
    public static string WeightsNameOf(string model) => $"weights-{model}";

    /// <summary>What the description of a model's network is called.</summary>
    internal static string NetworkNameOf(string model, string ending) => $"network-{model}{ending}";

    /// <summary>Where the description of a model's network is; null if the run left none.</summary>
    public static string? NetworkFileOf(string folder, string model)
        => NetworkEndings.Select(ending => NamedFile.In(folder, NetworkNameOf(model, ending))).FirstOrDefault(File.Exists);
}
