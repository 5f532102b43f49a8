using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What <c>export --json</c> writes to the standard output.</summary>
public sealed record ExportRecord : IShownRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>export</c>.</summary>
    public string? Command { get; init; } = "export";

    /// <summary>Where the file is.</summary>
    public required string File { get; init; }

    /// <summary>Of the file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>n.</summary>
    public required int Parameters { get; init; }

    /// <summary>float32 or float64.</summary>
    public required string Precision { get; init; }

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer()
        => [AnswerTexts.Computed($"{Cell.Of(Parameters)} parameters in {Precision} as ONNX; the output is what goes into the loss"), new("file", File)];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() => [];
}
