using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;
using BasinVolume.Interop;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>The job for a matrix: eigenvalues, eigenvectors at both ends, log-determinant against damping, blocks.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops it at the next panel of rows.</param>
public sealed class SpectrumRun(SpectrumOptions options, IFindings findings, IRunView view, CancellationToken cancellation)
{
    /// <summary>Does it; what is found is told as soon as it is found.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or its matrix is not square, symmetric and finite.</exception>
    /// <exception cref="OptionException">More is asked for than the matrix has.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public SpectrumResult Execute()
    {
        long beginning = Stopwatch.GetTimestamp();
        SpectrumSource source = view.During("Reading the matrix", _ => new SourceReader(view).Read(options));
        int n = source.Matrix.Rows;
        if (options.Range.Least > n)
            throw new OptionException(
                $"--range {options.Range.Spelling} asks for {options.Range.Least} eigenvalues, but the matrix has {n}; ask for at most as many, or for all.");
        view.Say($"{source.Name}: {n} x {n}, {source.Read.Statement}{(source.Groups.IsEmpty ? string.Empty : $"; {source.Known}")}");
        findings.Begin();
        try
        {
            return Execute(source, beginning);
        }
        catch (MatrixException e)
        {
            throw new DataException($"{source.File}: {e.Message}", e);
        }
    }

    private SpectrumResult Execute(SpectrumSource source, long beginning)
    {
        using var threads = new HostThreads(options.Threads);
        long start = Stopwatch.GetTimestamp();
        SolvedSpectrum solved = view.During(
            "Spectrum", progress => SolvedSpectrum.Of(source.Matrix, source.Zeros, source.Read.Exactness, options.Vectors, threads, progress, cancellation));
        double solveSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        findings.Spectrum(source.Name, solved, options.Range.Places);
        ImmutableArray<EigenvectorReport> vectors =
            [.. solved.Pairs.SelectMany(pairs => EigenvectorReport.Of(source.Matrix, pairs, source.Groups, source.Gradient.AsSpan(), threads))];
        BlockAnalysis? blocks = source.Groups.IsEmpty
            ? null
            : view.During("Blocks", _ => BlockAnalysis.Of(source.Matrix, source.Groups, source.Read.Exactness, threads, cancellation));
        var damping = DampingCurve.Of(solved.Spectrum, options.Dampings is { } asked ? asked.AsSpan() : DampingCurve.GridOf(solved.Spectrum));
        findings.Damping(source.Name, damping);
        return new(options, source, solved, damping, vectors, blocks, solveSeconds, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }
}
