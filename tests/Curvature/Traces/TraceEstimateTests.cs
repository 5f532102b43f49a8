using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Traces;

public sealed class TraceEstimateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The root mean square error of twenty seeds relative to the trace. Measured by an implementation in Python over 40 repetitions: 9.6 %, 0.21 %, 0.040 %,
    // 0.013 %, 0.0048 %; with 6 probes for 11 outliers the error has a long tail.
    [Theory]
    [InlineData(12, 0.096, 2)]
    [InlineData(30, 0.0021, 2)]
    [InlineData(60, 0.00040, 1.5)]
    [InlineData(120, 0.00013, 1.5)]
    [InlineData(240, 0.000048, 1.5)]
    public void The_error_falls_as_it_does_elsewhere(int products, double expected, double factor)
    {
        var map = new DiagonalMap(HessianLike.Eigenvalues);
        double[] errors = [.. Enumerable.Range(1, products > 100 ? 8 : 20).Select(seed => (Of(map, products, seed).Value!.Value / map.Trace) - 1)];
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), expected / 3, factor * expected);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(40)]
    public void Of_low_rank_it_is_exact(int products)
    {
        Matrix matrix = SymmetricMatrices.WithSpectrum([3, -2, 0.5, .. new double[47]], seed: 5);
        TraceEstimate trace = Of(new MatrixMap(matrix), products);
        Assert.Equal(1.5, trace.Value!.Value, 1e-12);
        Assert.True(trace.Interval!.Value.Contains(1.5), trace.ToString());
        Assert.InRange(trace.Interval.Value.Width, 0, 1e-9);
        Assert.True(trace.IsExact);
        Assert.Null(trace.Reason);
    }

    [Fact]
    public void What_cancels_is_exact_where_the_space_is_small()
    {
        // Hutchinson's estimate of this has a variance of 100.
        TraceEstimate trace = Of(new MatrixMap(new Matrix(2, 2, [1, 5, 5, -1])), 4);
        Assert.Equal(0, trace.Value!.Value, 1e-14);
        Assert.True(trace.IsExact);
        Assert.Null(trace.Reason);
        Assert.Equal((2, 0), (trace.Products, trace.Probes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    public void A_diagonal_of_any_size_is_exact_when_all_of_it_is_met(int order)
    {
        var map = new DiagonalMap([.. Enumerable.Range(1, order).Select(i => 1.0 / i)]);
        TraceEstimate trace = Of(map, 3 * order);
        Assert.Equal(map.Trace, trace.Value!.Value, 1e-13);
        Assert.True(trace.IsExact);
        Assert.True(trace.Interval!.Value.Contains(map.Trace));
        Assert.InRange(trace.Products, order, 3 * order);
    }

    // The same number by sketches that hold three probes at a time: a sum over independent ones, whose error falls like the root of their number.
    [Fact]
    public void With_little_memory_more_products_still_bring_it_closer()
    {
        var map = new DiagonalMap(HessianLike.Eigenvalues);
        long memory = 8L * map.Order * (6 + 48);
        double ErrorOf(int products) => Math.Sqrt(Enumerable.Range(1, 20).Average(seed =>
        {
            TraceEstimate trace = TraceEstimate.Of(
                map, null, null, new(0, products, (ulong)seed, memory), SymmetricMatrices.Threads, cancellation: Cancellation);
            Assert.Equal(products, trace.Products);
            return Math.Pow((trace.Value!.Value / map.Trace) - 1, 2);
        }));
        Assert.InRange(ErrorOf(16 * 6) / ErrorOf(6), 1 / 8.0, 1 / 2.0);
    }

    [Fact]
    public void A_multiple_of_the_identity_has_no_variance()
    {
        TraceEstimate trace = Of(new DiagonalMap([.. Enumerable.Repeat(-4.5, 1000)]), 100, tolerance: 1e-6);
        Assert.Equal(-4500, trace.Value!.Value, 1e-9);
        Assert.Equal(12, trace.Products);
        Assert.Null(trace.Reason);
        Assert.True(trace.Interval!.Value.Contains(-4500));
    }

    [Fact]
    public void A_geometric_spectrum_is_summed_to_its_last_digits()
    {
        // Σ 0.7^i, i = 0 … 999: 1/0.3.
        TraceEstimate trace = Of(new DiagonalMap([.. Enumerable.Range(0, 1000).Select(i => Math.Pow(0.7, i))]), 300, tolerance: 1e-10);
        Assert.Equal(3.3333333333333333, trace.Value!.Value, 1e-9);
        Assert.InRange(trace.Products, 60, 200);
        Assert.Null(trace.Reason);
    }

    [Fact]
    public void A_matrix_of_zeros_has_the_trace_zero()
    {
        foreach (TraceEstimate trace in new[] { Of(new DiagonalMap(new double[100]), 40), Semidefinite(new DiagonalMap(new double[100]), 40) })
        {
            Assert.Equal((0, 0, true), (trace.Value, trace.StandardError, trace.IsExact));
            Assert.Equal(new Interval(0, 0), trace.Interval);
            Assert.Null(trace.Reason);
        }
    }

    [Fact]
    public void A_tolerance_ends_it_and_is_met()
    {
        var map = new DiagonalMap(HessianLike.Eigenvalues);
        TraceEstimate trace = Of(map, 1000, tolerance: 1e-3);
        Assert.InRange(trace.Products, 24, 120);
        Assert.Equal(map.Trace, trace.Value!.Value, 3e-3 * map.Trace);
        Assert.Null(trace.Reason);
    }

    [Fact]
    public void Vectors_that_are_known_need_no_products()
    {
        double[] eigenvalues = HessianLike.Eigenvalues;
        int[] known = [.. Enumerable.Range(0, eigenvalues.Length).OrderByDescending(i => Math.Abs(eigenvalues[i])).Take(20)];
        TraceEstimate without = Of(new DiagonalMap(eigenvalues), 12);
        TraceEstimate deflated = TraceEstimate.Of(
            new DiagonalMap(eigenvalues), Units(eigenvalues, known), null, new(0, 12, 1), SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.InRange(deflated.StandardError!.Value, 0, 0.02 * without.StandardError!.Value);
        Assert.True(deflated.Interval!.Value.Contains(eigenvalues.Sum()));
        Assert.Equal(12, deflated.Products);
    }

    [Fact]
    public void Known_vectors_may_be_no_eigenvectors()
    {
        // q = (1, 1)/√2 of diag(3, 1, …): θ = 2, and the rest has what is missing.
        var map = new DiagonalMap([3, 1, 0.5, 0.25, 0.25, 0.125, 0, 0, 0]);
        var vectors = new Matrix(1, 9);
        vectors[0, 0] = vectors[0, 1] = Math.Sqrt(0.5);
        var pairs = new RitzPairs([new(2, 1, new(1, 3), false)], vectors, 0, 1, 0, null);
        TraceEstimate trace = TraceEstimate.Of(map, pairs, null, new(0, 100, 1), SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Equal(5.125, trace.Value!.Value, 1e-14);
        Assert.Equal(8, trace.Products);
    }

    [Fact]
    public void What_a_search_met_beside_its_pairs_needs_no_products_either()
    {
        var map = new DiagonalMap(HessianLike.Eigenvalues);
        RitzPairs pairs = BlockLanczos.Of(map, new(10, 10, 1e-6), null, SymmetricMatrices.Threads, cancellation: Cancellation);
        KrylovRest rest = pairs.Rest!;
        var wanted = new TraceOptions(5e-5, 400, 1);
        TraceEstimate ofPairs = TraceEstimate.Of(map, pairs with { Rest = null }, null, wanted, SymmetricMatrices.Threads, cancellation: Cancellation);
        TraceEstimate ofAll = TraceEstimate.Of(map, pairs, null, wanted, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.True(ofAll.Interval!.Value.Contains(map.Trace), $"{ofAll}, exactly {map.Trace}");
        Assert.Null(ofAll.Reason);
        Assert.True(ofAll.Products <= 0.7 * ofPairs.Products, $"{ofAll.Products} products, and {ofPairs.Products} with the pairs alone");

        // Its trace is that of the matrix in it: removing it from the unit vectors leaves 1 − Q Qᵀ, and tr A Q Qᵀ = tr A − tr A (1 − Q Qᵀ).
        var outside = new Matrix(map.Order, map.Order);
        for (int i = 0; i < map.Order; i++)
            outside[i, i] = 1;
        rest.RemoveFrom(outside);
        Assert.Equal(map.Trace - Enumerable.Range(0, map.Order).Sum(i => HessianLike.Eigenvalues[i] * outside[i, i]), rest.Trace, 1e-9);
        Assert.Equal(map.Order - rest.Dimension, Enumerable.Range(0, map.Order).Sum(i => outside[i, i]), 1e-9);
    }

    [Fact]
    public void Directions_known_to_be_zero_are_left_out()
    {
        // The other half of the spectrum is a multiple of the identity on the complement, which has no variance there.
        var map = new DiagonalMap([.. Enumerable.Repeat(2.0, 60), .. new double[60]]);
        TraceEstimate trace = TraceEstimate.Of(map, null, new LastCoordinates(60), new(1e-9, 100, 1), SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Equal(120, trace.Value!.Value, 1e-11);
        Assert.InRange(trace.Products, 1, 12);
    }

    [Fact]
    public void A_trace_that_cancels_says_why_no_tolerance_is_met()
    {
        var map = new DiagonalMap([.. Enumerable.Range(0, 400).Select(i => Math.Cos(Math.PI * (i + 0.5) / 400))]);
        TraceEstimate trace = Of(map, 60, tolerance: 0.01);
        Assert.Equal(60, trace.Products);
        Assert.True(trace.Interval!.Value.Contains(0));
        Assert.Contains("the trace is small against the eigenvalues that cancel in it", trace.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Too_few_products_give_no_number(int products)
    {
        TraceEstimate trace = Of(new DiagonalMap(HessianLike.Eigenvalues), products);
        Assert.Equal((null, null, null), (trace.Value, trace.StandardError, trace.Interval));
        Assert.Contains("needs at least 6 products", trace.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_semidefinite_matrix_takes_one_product_a_probe()
    {
        double[] eigenvalues = [.. HessianLike.Eigenvalues.Select(Math.Abs)];
        double one = 0, two = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            TraceEstimate nystrom = Semidefinite(new DiagonalMap(eigenvalues), 60, seed), both = Of(new DiagonalMap(eigenvalues), 60, seed);
            Assert.Equal((60, 30), (nystrom.Probes, both.Probes));
            one += Math.Pow(nystrom.Value!.Value - eigenvalues.Sum(), 2);
            two += Math.Pow(both.Value!.Value - eigenvalues.Sum(), 2);
        }

        // About as exact as two products for each of half as many probes.
        Assert.InRange(one, 0, 2 * two);
    }

    [Fact]
    public void A_matrix_that_is_not_semidefinite_is_refused_as_such()
    {
        TraceEstimate trace = Semidefinite(new DiagonalMap([.. Enumerable.Range(0, 200).Select(i => i - 100.0)]), 60);
        Assert.Null(trace.Value);
        Assert.Contains("eigenvalues below 0", trace.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rounding_of_single_precision_is_part_of_the_interval()
    {
        var low = new SingleMap(SymmetricMatrices.WithSpectrum([30, 20, 10, 1, .. new double[116]], seed: 3));
        var full = new SingleMap(SymmetricMatrices.WithSpectrum([.. Enumerable.Range(0, 120).Select(i => 30 * Math.Pow(0.8, i))], seed: 4));
        foreach (SingleMap map in new[] { low, full })
        {
            foreach (TraceEstimate trace in new[] { Of(map, 100), Of(map, 200), Semidefinite(map, 60) })
            {
                Assert.True(trace.Interval!.Value.Contains(map.Trace), $"{trace} {map.Trace:r}");
                Assert.InRange(trace.Rounding, 1e-7 * map.Trace, 1e-3 * map.Trace);
            }
        }

        Assert.Contains("compute in double", Of(low, 100, tolerance: 1e-9).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        using var one = new HostThreads(1);
        using var three = new HostThreads(3);
        var map = new MatrixMap(SymmetricMatrices.Random(300, seed: 8));
        Assert.Equal(With(one), With(three));

        TraceEstimate With(HostThreads threads)
            => TraceEstimate.Of(map, Units(new double[300], [3, 7]), null, new(0, 60, 4), threads, cancellation: Cancellation);
    }

    [Fact]
    public void Memory_limits_the_probes_of_a_sketch_and_not_their_number()
    {
        // Three blocks of 16 vectors, and two vectors for each of 10 probes, or of 2, of which no estimate can be made.
        TraceEstimate With(int probes) => TraceEstimate.Of(
            new DiagonalMap(HessianLike.Eigenvalues),
            null,
            null,
            new TraceOptions(0, 1000, 1, MemoryBytes: (48 + (2 * probes)) * 1710 * sizeof(double)),
            SymmetricMatrices.Threads,
            cancellation: Cancellation);
        TraceEstimate trace = With(10);
        Assert.Equal((500, 1000), (trace.Probes, trace.Products));
        Assert.Contains("allow more products or memory", trace.Reason, StringComparison.Ordinal);
        TraceEstimate none = With(2);
        Assert.Null(none.Value);
        Assert.Contains("needs at least 6 products and memory for their vectors", none.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_at_the_ends_of_the_range_are_none()
    {
        foreach (double scale in new[] { 1e-300, 1e290 })
        {
            var map = new DiagonalMap([.. Enumerable.Range(1, 100).Select(i => scale / i)]);
            TraceEstimate trace = Of(map, 60);
            Assert.True(trace.Interval!.Value.Contains(map.Trace), trace.ToString());
            Assert.InRange(trace.StandardError!.Value / map.Trace, 1e-6, 0.1);
        }
    }

    [Fact]
    public void What_is_not_finite_is_refused()
    {
        var map = new DiagonalMap([1, double.NaN, .. new double[50]]);
        Assert.Contains("not finite", Assert.Throws<MatrixException>(() => Of(map, 40)).Message, StringComparison.Ordinal);
        Assert.Throws<MatrixException>(() => Semidefinite(map, 40));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new DiagonalMap(1, 2), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new DiagonalMap(1, 2), 10, tolerance: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new DiagonalMap(1, 2), 10, tolerance: double.NaN));
    }

    [Fact]
    public void It_can_be_cancelled()
        => Assert.Throws<OperationCanceledException>(
            () => TraceEstimate.Of(
                new DiagonalMap(HessianLike.Eigenvalues), null, null, new(0, 100, 1), SymmetricMatrices.Threads, cancellation: new(canceled: true)));

    private static RitzPairs Units(double[] diagonal, int[] coordinates)
    {
        var vectors = new Matrix(coordinates.Length, diagonal.Length);
        for (int row = 0; row < coordinates.Length; row++)
            vectors[row, coordinates[row]] = 1;
        ImmutableArray<RitzPair> pairs = [.. coordinates.Select(i => new RitzPair(diagonal[i], 0, new(diagonal[i], diagonal[i]), true))];
        return new(pairs, vectors, 0, 0, 0, null);
    }

    private static TraceEstimate Of(ILinearMap map, int products, int seed = 1, double tolerance = 0)
        => TraceEstimate.Of(map, null, null, new(tolerance, products, (ulong)seed), SymmetricMatrices.Threads, cancellation: Cancellation);

    private static TraceEstimate Semidefinite(ILinearMap map, int products, int seed = 1)
        => TraceEstimate.OfSemidefinite(map, null, null, new(0, products, (ulong)seed), SymmetricMatrices.Threads, cancellation: Cancellation);
}
