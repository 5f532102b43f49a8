using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Formats;

/// <summary>A data set that was opened: all is known of it but its samples.</summary>
public abstract class DataSource
{
    /// <summary>The name of its format.</summary>
    public required string Format { get; init; }

    /// <summary>What it is called in messages: its file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>What all samples have in common.</summary>
    public required DataLayout Layout { get; init; }

    /// <summary>Number of training samples, at least 1; of a set that was opened as test data, number of its samples.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>Number of test samples; 0 for none.</summary>
    public int TestCount { get; init; }

    /// <summary>What is done to the samples as they are in the files, for a person: "channels were last"; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What the samples must be, where a run has read them before; null where nothing says.</summary>
    internal RecordedData? Recorded { get; set; }

    /// <summary>The name of the hash that is of the training samples that are read, and of no others; null where all hashes are of whole files.</summary>
    protected internal virtual string? HashOfRead => null;

    /// <summary>Reads the samples that are used, and all test samples; their elements become inputs as is usual for such data.</summary>
    /// <param name="indices">Which training samples are used, in any order, some perhaps twice; null for all.</param>
    /// <exception cref="DataException">A file is damaged or not what a run has read, or the samples take more memory than is free.</exception>
    public DataParts Load(int[]? indices = null)
        => Load(indices, TestCount > 0 ? new(Layout, TestCount, wanted: null, $"test {Layout.Noun} of {Path}") : null);

    /// <summary>Reads the training samples that are used, and no test samples.</summary>
    /// <inheritdoc cref="Load(int[])"/>
    public DataParts LoadTraining(int[] indices) => Load(indices, test: null);

    private DataParts Load(int[]? indices, SampleKeeper? test)
    {
        var training = new SampleKeeper(Layout, TrainingCount, indices, $"training {Layout.Noun} of {Path}");
        IReadOnlyDictionary<string, string> sha256 = Read(training, test);
        if (Recorded?.FaultOf(Path, sha256, Recorded.IsOf(indices) ? null : HashOfRead) is { } fault)
            throw new DataException(fault);
        var parts = new DataParts(Format, training.ToDataset(), test?.ToDataset(), sha256)
        {
            Note = Note,
            Levels = Layout.Elements == ElementKind.Pixels ? training.Levels : null,
        };
        return parts.With(Layout.UsualInputs);
    }

    /// <summary>
    /// Streams all samples through the keepers, which check and keep them; a sample that a keeper does not want may be left out where it need not be decoded to
    /// get to the next.
    /// </summary>
    /// <param name="training">Takes the training samples.</param>
    /// <param name="test">Takes the test samples; null if there are none.</param>
    /// <returns>SHA-256 of each file that was read, by its name: of the uncompressed bytes, as 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="DataException">A file is damaged, or is not what it was when it was opened.</exception>
    public abstract IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test);
}
