using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Mnist.Spectra;

namespace BasinVolume.Mnist.Results;

/// <summary>spectrum.json: everything that was found of a matrix. Keys are a contract, as those of <see cref="ResultDocument"/>.</summary>
internal sealed record SpectrumDocument : SpectrumEntry
{
    private SpectrumDocument(SpectrumResult result)
        : base(result.Solved, result.SolveSeconds)
    {
        SpectrumSource source = result.Source;
        CommandLine = result.Options.CommandLine;
        TotalSeconds = result.Seconds;
        Matrix = new { source.Name, File = Path.GetFullPath(source.File), Order = source.Matrix.Rows, Precision = Names.Of(source.Read.Precision), source.Read.Asymmetry, source.Read.AsymmetryTolerance, source.Read.Exactness.StatedZeroTolerance, Sha256 = MatrixHash.Of(source.Matrix) };
        Range = result.Options.Range.Spelling;
        Damping = result.Damping.Points.Select(DampingOf);
        Eigenpairs = result.Vectors.Select(vector => EigenpairOf(vector, source));
        Blocks = result.Blocks?.Blocks.Select(BlockOf);
        BlockNorms = result.Blocks?.Norms;
        Options = new { result.Options.Vectors, result.Options.Threads };
        Versions = ResultDocument.Versions();
    }

    public int Schema { get; } = 1;

    public string? CommandLine { get; }

    public double TotalSeconds { get; }

    public object Matrix { get; }

    public string Range { get; }

    public object Damping { get; }

    public object Eigenpairs { get; }

    public object? Blocks { get; }

    public object? BlockNorms { get; }

    public object Options { get; }

    public object Versions { get; }

    /// <summary>The document.</summary>
    public static SpectrumDocument Of(SpectrumResult result) => new(result);

    private static object DampingOf(DampingPoint point) => new
    {
        point.Mu,
        LogDeterminant = point.LogDeterminant.LogAbsolute,
        point.Slope,
        point.LogDeterminant.Sign,
        point.LogDeterminant.Inertia.Negative,
    };

    private static object EigenpairOf(EigenvectorReport vector, SpectrumSource source) => new
    {
        vector.Eigenvalue,
        vector.Residual,
        vector.GradientOverlap,
        Shares = source.Groups.Zip(vector.Shares).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal),
    };

    private static object BlockOf(BlockReport block) => new
    {
        block.Group.Name,
        block.Group.Offset,
        Order = block.Group.Length,
        block.Trace,
        Min = block.Spectrum.Minimum,
        Max = block.Spectrum.Maximum,
        block.Spectrum.Inertia.Positive,
        block.Spectrum.Inertia.Zero,
        block.Spectrum.Inertia.Negative,
        block.Spectrum.ZeroTolerance,
        LogDeterminant = new { block.LogDeterminant.Sign, LogAbs = block.LogDeterminant.LogAbsolute, Pseudo = block.LogDeterminant.PseudoLogAbsolute, block.LogDeterminant.Rank },
    };
}
