using BasinVolume.Curvature.Traces;

namespace BasinVolume.Curvature.Tests.Traces;

/// <summary>How many of 400 intervals hold the trace: 95 %, give or take chance, wherever the probes stand against the outliers, and where they stop.</summary>
/// <remarks>380 hold, give or take three deviations of √(400 · 0.05 · 0.95) = 4.4.</remarks>
public sealed class TraceCoverageTests
{
    private const int Repetitions = 400;
    private const int Fewest = 380 - 13;
    private const int Most = 380 + 13;

    public static TheoryData<string, int> Any => new()
    {
        { "flat", 12 },
        { "flat", 24 },
        { "falling", 12 },
        { "falling", 30 },
        { "mixed", 16 },
        { "mixed", 30 },
        { "outliers", 12 },
        { "outliers", 30 },
    };

    public static TheoryData<string, int> Semidefinite => new() { { "flat", 12 }, { "falling", 8 }, { "falling", 16 }, { "outliers", 14 } };

    [Theory]
    [MemberData(nameof(Any))]
    public void Intervals_hold_at_their_confidence(string spectrum, int products)
        => AssertCovered(spectrum, (map, seed) => TraceEstimate.Of(
            map, null, null, new(0, products, seed), SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken));

    // What ends a search is the error that its own probes say: of those with a lucky spread more end.
    [Theory]
    [InlineData("falling", 0.1)]
    [InlineData("falling", 0.01)]
    [InlineData("outliers", 0.1)]
    [InlineData("outliers", 0.001)]
    public void Intervals_of_a_search_that_its_tolerance_ends_hold_at_their_confidence(string spectrum, double tolerance)
        => AssertCovered(spectrum, (map, seed) => TraceEstimate.Of(
            map, null, null, new(tolerance, map.Order, seed), SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken));

    [Theory]
    [MemberData(nameof(Semidefinite))]
    public void Intervals_of_semidefinite_matrices_hold_at_their_confidence(string spectrum, int products)
        => AssertCovered(spectrum, (map, seed) => TraceEstimate.OfSemidefinite(
            map, null, null, new(0, products, seed), SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken));

    // Two vectors a probe, and three blocks of 16 at work: room for sketches of six probes. With four outliers what six have in common is known badly: where
    // they say that it is below 0 it is taken as 0, and the sum over sketches is too large.
    [Theory]
    [InlineData("flat", 36)]
    [InlineData("mixed", 60)]
    [InlineData("outliers", 60)]
    public void Intervals_of_several_sketches_hold_at_their_confidence(string spectrum, int products)
        => AssertCovered(spectrum, (map, seed) =>
        {
            TraceEstimate trace = TraceEstimate.Of(
                map, null, null, new(0, products, seed, 8L * map.Order * (12 + 48)), SymmetricMatrices.Threads,
                cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((products, products / 2), (trace.Products, trace.Probes));
            return trace;
        }, most: spectrum == "outliers" ? Repetitions : Most);

    private static void AssertCovered(string spectrum, Func<DiagonalMap, ulong, TraceEstimate> estimate, int most = Most)
    {
        var map = new DiagonalMap(Spectrum(spectrum));
        int held = 0;
        for (ulong seed = 1; seed <= Repetitions; seed++)
        {
            TraceEstimate trace = estimate(map, seed);
            Assert.False(trace.IsExact);
            held += trace.Interval!.Value.Contains(map.Trace) ? 1 : 0;
        }

        Assert.InRange(held, Fewest, most);
    }

    private static double[] Spectrum(string name) => [.. Enumerable.Range(0, 120).Select(i => name switch
    {
        "flat" => 1 + (i / 120.0),
        "falling" => Math.Pow(0.9, i),
        "mixed" => Math.Cos(i),
        _ => i < 4 ? 10 + i : 0.3 * Math.Pow(i - 3, -1.2),
    })];
}
