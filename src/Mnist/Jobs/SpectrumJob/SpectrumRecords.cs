using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>What <c>spectrum.json</c> says, from what the job found.</summary>
internal static class SpectrumRecords
{
    /// <summary>The record.</summary>
    public static SpectrumRunRecord Of(SpectrumResult result) => new(result.Solved, result.SolveSeconds)
    {
        CommandLine = result.Options.CommandLine,
        TotalSeconds = result.Seconds,
        Matrix = MatrixOf(result.Source),
        Range = result.Options.Range.Spelling,
        Damping = [.. result.Damping.Points.Select(DampingRecord.Of)],
        Eigenpairs = [.. result.Vectors.Select(vector => EigenpairRecord.Of(vector, result.Source.Groups))],
        Blocks = result.Blocks is { } blocks ? [.. blocks.Blocks.Select(BlockRecord.Of)] : null,
        BlockNorms = result.Blocks is { } norms ? [.. norms.Norms.Select(row => row.ToArray())] : null,
        Evaluation = result.Source.Evaluation,
        Options = new() { Vectors = result.Options.Vectors, Threads = result.Options.Threads },
        Versions = ResultRecords.Versions,
    };

    private static MatrixRecord MatrixOf(SpectrumSource source) => new()
    {
        Name = source.Name,
        File = Path.GetFullPath(source.File),
        Order = source.Matrix.Rows,
        Precision = ChoiceNames.Of(source.Read.Precision),
        Asymmetry = source.Read.Asymmetry,
        AsymmetryTolerance = source.Read.AsymmetryTolerance,
        StatedZeroTolerance = source.Read.Exactness.StatedZeroTolerance,
        Sha256 = MatrixHash.Of(source.Matrix),
    };
}
