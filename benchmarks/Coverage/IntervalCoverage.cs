using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Benchmarks.Coverage;

/// <summary>
/// Asks for every interval that random probes give again and again, each time with other probes, and counts how many contain the dense answer.
/// Those of 95 % do so in 93 to 97 % of 400 repetitions where it is probes alone that make them wide. What is added for certain, because finitely many steps
/// leave it open, raises the share: the table says how much of the width that is. It is no less certain than it is said to be, and cannot be left out.
/// </summary>
internal static class IntervalCoverage
{
    private const int RandomMatrices = 200;

    // Pairs of each end that are taken out, loosely known: their error is to be in the intervals as well.
    private const int Ends = 10;
    private const double PairTolerance = 1e-3;

    private const int Probes = 10;
    private const int Steps = 40;

    // In the bulk and below the outliers, as shares of the largest eigenvalue.
    private static readonly double[] _places = [0.003, 0.03, 0.2];

    /// <summary>Counts all.</summary>
    /// <param name="repetitions">How often each interval is asked for.</param>
    /// <param name="firstSeed">Of the probes of the first repetition; the next ones have the next numbers.</param>
    public static void Run(int repetitions, ulong firstSeed)
    {
        var table = new Table(Answer.Columns);
        KnownSpectrum notebook = KnownSpectra.Notebook(), like = KnownSpectra.LikeHessian();
        KnownSpectrum[] random = [.. Enumerable.Range(0, RandomMatrices).Select(KnownSpectra.Random)];
        Count(table, "notebook's network", _ => notebook, repetitions, firstSeed);
        Count(table, $"like a Hessian, {like.Order}", _ => like, repetitions, firstSeed);
        Count(table, $"{RandomMatrices} random ones", repetition => random[repetition % RandomMatrices], repetitions, firstSeed);
        table.Write();
    }

    private static void Count(Table table, string name, Func<int, KnownSpectrum> matrix, int repetitions, ulong firstSeed)
    {
        var answers = new Answer[repetitions][];
        // A team for each repetition at work: the repetitions fill the processor.
        Parallel.For(
            0, repetitions, () => new HostThreads(1),
            (repetition, _, threads) =>
            {
                answers[repetition] = [.. Ask(matrix(repetition), (ulong)repetition + firstSeed, threads)];
                return threads;
            },
            threads => threads.Dispose());
        for (int quantity = 0; quantity < answers[0].Length; quantity++)
            table.Add([$"{name}: {answers[0][quantity].Quantity}", .. Answer.Row([.. answers.Select(all => all[quantity])])]);
    }

    // A new quantity is a line here or below.
    private static IEnumerable<Answer> Ask(KnownSpectrum matrix, ulong seed, HostThreads threads)
    {
        RitzPairs pairs = BlockLanczos.Of(matrix, new EndsWanted(Ends, Ends, PairTolerance, Seed: seed), null, threads);
        IEnumerable<Answer> traces = ((double[])[0.1, 0.01, 0.001]).SelectMany(tolerance => (Answer[])
        [
            Trace(matrix, null, new(tolerance, matrix.Order, seed), threads),
            Trace(matrix, pairs, new(tolerance, matrix.Order, seed), threads),
        ]);
        return [.. traces, .. FromProbes(matrix, null, seed, threads), .. FromProbes(matrix, pairs, seed, threads)];
    }

    private static Answer Trace(KnownSpectrum matrix, RitzPairs? pairs, TraceOptions options, HostThreads threads)
    {
        TraceEstimate trace = TraceEstimate.Of(matrix, pairs, null, options, threads);
        return new($"trace to {options.RelativeTolerance}{Without(pairs)}", trace.Interval, 2 * trace.Rounding, matrix.Trace, Math.Abs(matrix.Trace));
    }

    private static IEnumerable<Answer> FromProbes(KnownSpectrum matrix, RitzPairs? pairs, ulong seed, HostThreads threads)
    {
        var probes = ProbeQuadratures.Of(matrix, pairs, null, new ProbeOptions(Probes, Steps, seed), threads);
        var determinant = LogDeterminantEstimate.Of(probes, matrix.Shift);
        // What it is off is small against what the matrix contributes, not against n log c.
        yield return Of("log-determinant", determinant.Value, matrix.LogDeterminant, matrix.LogDeterminant - determinant.Constant);
        SampledNumber? dimension = EffectiveDimensionEstimate.Of(probes, matrix.Shift).Value;
        yield return Of("effective dimension", dimension, matrix.EffectiveDimension, matrix.EffectiveDimension);
        foreach (double share in _places)
        {
            DistributionPoint point = SpectralDistribution.At(probes, [share * matrix.Largest]).Points[0];
            yield return new(
                $"distribution at {share} of the largest{Without(pairs)}", point.Count.Interval, point.Count.Bracket.Width, matrix.CountUpTo(point.X),
                matrix.Order, Grain: 1);
        }

        Answer Of(string quantity, SampledNumber? value, double known, double size)
            => new($"{quantity}{Without(pairs)}", value?.Interval, value?.Bracket.Width ?? 0, known, Math.Abs(size));
    }

    private static string Without(RitzPairs? pairs) => pairs is null ? "" : ", pairs taken out";
}
