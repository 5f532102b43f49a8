using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Tests.Densities;

namespace BasinVolume.Curvature.Tests.MatrixFree;

/// <summary>All stages on matrices whose spectrum is known, with as few products as leave every estimate to itself.</summary>
public sealed class MatrixFreeCurvatureTests
{
    private const int Order = 300;

    // Outliers, a bulk that falls, and zeros. A diagonal matrix cannot be told from any other with its spectrum by directions drawn from all alike.
    private static readonly double[] Eigenvalues =
        [.. Enumerable.Range(0, Order).Select(i => i < 8 ? 20.0 / (i + 1) : i >= Order - 60 ? 0 : i % 7 == 0 ? -0.05 : 0.3 * Math.Pow(i, -0.5))];

    // With 90 products no pair has converged when the trace begins; its probes must not be those that the recurrence began with.
    [Theory]
    [InlineData(90)]
    [InlineData(200)]
    [InlineData(600)]
    [InlineData(1500)]
    public void Every_number_is_where_its_interval_says_however_few_products_are_allowed(int products)
    {
        var options = new MatrixFreeOptions
        {
            Probes = 4,
            Steps = 8,
            Shifts = [1],
            Alphas = [1],
            MostProducts = products,
            Zeros = new CoordinateSubspace([.. Enumerable.Range(Order - 60, 60)]),
        };
        MatrixFreeCurvature found = MatrixFreeCurvature.Of(
            new DiagonalMap(Eigenvalues), options, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        Assert.True(found.IsComplete);
        Assert.InRange(found.Products, 1, products);
        AssertNear(found.Trace!.Interval, Eigenvalues.Sum(), found.Trace.Reason);
        AssertNear(found.LogDeterminants[0].Value?.Interval, Eigenvalues.Sum(value => Math.Log(value + 1)), found.LogDeterminants[0].Reason);
        AssertNear(found.EffectiveDimensions[0].Value?.Interval, Eigenvalues.Sum(value => value / (value + 1)), found.EffectiveDimensions[0].Reason);
        AssertNear(found.Bounds[0].Bounds, Eigenvalues.Sum(value => Math.Log(value + 1)), found.Bounds[0].Reason);
        Assert.All(found.Pairs!.Pairs, pair => Assert.Contains(Eigenvalues, pair.Interval.Contains));
    }

    // One interval of 95 % in twenty may miss; twice as far from its middle next to none does. Where there is none there is a reason.
    private static void AssertNear(Interval? interval, double exact, string? reason)
    {
        if (interval is { } known)
            Assert.InRange(Math.Abs(exact - known.Middle), 0, known.Width);
        else
            Assert.False(string.IsNullOrEmpty(reason));
    }

    [Fact]
    public void Whoever_stops_the_work_has_been_told_what_was_known()
    {
        using var source = new CancellationTokenSource();
        var listener = new Stopping(source);
        Assert.Throws<OperationCanceledException>(() => MatrixFreeCurvature.Of(
            new DiagonalMap(Eigenvalues), new MatrixFreeOptions { Largest = 2, Smallest = 1 }, SymmetricMatrices.Threads, listener, source.Token));
        MatrixFreeCurvature known = listener.Known!;
        Assert.False(known.IsComplete);
        Assert.Equal(3, known.Pairs!.Pairs.Length);
        Assert.Null(known.Quadratures);
        Assert.Contains(known.Missing, sentence => sentence.Contains("distribution", StringComparison.Ordinal));
        Assert.Equal(known.Products, known.Stages.Sum(stage => stage.Products));
    }

    [Fact]
    public void What_is_outside_its_range_is_refused()
    {
        var map = new DiagonalMap(Eigenvalues);
        MatrixFreeOptions[] options =
        [
            new() { Largest = -1 }, new() { Tolerance = 0 }, new() { TraceTolerance = double.NaN }, new() { Probes = 1 }, new() { Steps = 1 },
            new() { MostProducts = 0 }, new() { Shifts = [0] }, new() { Alphas = [double.PositiveInfinity] },
        ];
        Assert.All(options, option => Assert.Throws<ArgumentOutOfRangeException>(() => MatrixFreeCurvature.Of(
            map, option, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken)));
    }

    /// <summary>Stops when the trace begins.</summary>
    private sealed class Stopping(CancellationTokenSource source) : ICurvatureListener
    {
        public MatrixFreeCurvature? Known { get; private set; }

        public TResult During<TResult>(string stage, Func<IProgress<double>, TResult> compute)
        {
            if (stage == "trace")
                source.Cancel();
            return compute(new Progress<double>());
        }

        public void Found(MatrixFreeCurvature known) => Known = known;
    }
}
