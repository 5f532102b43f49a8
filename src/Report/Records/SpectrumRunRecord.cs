using System.Collections.Immutable;
using BasinVolume.Curvature.Structure;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary><c>spectrum.json</c>: everything that was found of a matrix.</summary>
public sealed record SpectrumRunRecord : SpectrumRecord, IRunRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>spectrum</c>.</summary>
    public string? Command { get; init; } = "spectrum";

    /// <summary>The command that asks for the same again, without the folder for the results.</summary>
    public string? CommandLine { get; init; }

    /// <summary>From the first file read to the picture.</summary>
    public double? TotalSeconds { get; init; }

    /// <summary>The matrix.</summary>
    public MatrixRecord? Matrix { get; init; }

    /// <summary>Which eigenvalues were asked for: <c>all</c>, <c>largest:K</c> or <c>smallest:K</c>.</summary>
    public string? Range { get; init; }

    /// <summary>The log-determinant of H + μI.</summary>
    public ImmutableArray<DampingRecord>? Damping { get; init => field = Elements.Known(value); }

    /// <summary>What each eigenvector says, in the order of the columns of <c>eigenvectors.npy</c>.</summary>
    public ImmutableArray<EigenpairRecord>? Eigenpairs { get; init => field = Elements.Known(value); }

    /// <summary>For each group of parameters its diagonal block; null without groups.</summary>
    public ImmutableArray<BlockRecord>? Blocks { get; init => field = Elements.Known(value); }

    /// <summary>The Frobenius norm of the block of groups a and b in row a, place b; null without groups.</summary>
    public IReadOnlyList<double[]>? BlockNorms { get; init => field = Elements.Known(value); }

    /// <summary>How the weights of the run do whose Hessian it is, as in <c>result.json</c>; null for anyone's matrix.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>What was asked.</summary>
    public SpectrumOptionsRecord? Options { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <summary>What the job wrote, as in <c>result.json</c>.</summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }

    /// <summary>An empty one, to be filled key by key.</summary>
    public SpectrumRunRecord()
    {
    }

    /// <summary>What is said of a spectrum; the rest is to be filled in.</summary>
    /// <param name="solved">The spectrum.</param>
    /// <param name="seconds">Seconds for it.</param>
    public SpectrumRunRecord(SolvedSpectrum solved, double seconds)
        : base(solved, seconds)
    {
    }

    /// <inheritdoc/>
    public IRunRecord With(ImmutableArray<WrittenFile> files) => this with { Files = files };

    /// <inheritdoc/>
    public IEnumerable<string> Hessians() => Matrix?.Sha256 is { } hash ? [hash] : [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Asked()
        => Options is { } options ? [("vectors", Cell.Of(options.Vectors)), ("threads", Cell.Of(options.Threads))] : [];

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed($"spectrum of {Cell.Of(Matrix?.Name)}, {Cell.Of(Matrix?.Order)} x {Cell.Of(Matrix?.Order)}"),
        .. AnswerTexts.Weights(Evaluation?.Said),
        .. AnswerTexts.Curvature(AnswerTexts.Joined(
            $"λ_max {Cell.Brief(Max)}, λ_min {Cell.Brief(Min)}",
            AnswerTexts.Inertia(Positive, Zero, Negative),
            $"{Cell.Of(Outliers)} stand apart")),
        new("determinant", $"log|det| {AnswerTexts.Nats(LogDeterminant?.Pseudo)} over the {Cell.Of(LogDeterminant?.Rank)} eigenvalues that are not zero"),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() => SpectrumTables.Of(this);

    /// <inheritdoc/>
    public IEnumerable<Section> SelfCheck() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Provenance()
        => [("precision", Cell.Of(Matrix?.Precision)), .. Versions?.Rows() ?? [], ("seconds in all", Cell.Of(TotalSeconds))];
}

/// <summary>What a spectrum was asked for.</summary>
public sealed record SpectrumOptionsRecord
{
    /// <summary>Eigenvectors at each end.</summary>
    public int? Vectors { get; init; }

    /// <summary>Threads of the processor; no result depends on it.</summary>
    public int? Threads { get; init; }
}
