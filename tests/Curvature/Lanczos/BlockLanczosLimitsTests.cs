using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class BlockLanczosLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads_and_in_two_runs()
    {
        var map = new Rounded(Hessianlike(5000));
        var wanted = new EndsWanted(5, 5, 1e-6, MemoryBytes: 90L * 5000 * sizeof(double));
        using HostThreads one = new(1), three = new(3);
        RitzPairs first = BlockLanczos.Of(map, wanted, null, one, cancellation: Cancellation);
        Assert.True(first.Restarts > 0);
        foreach (HostThreads threads in new[] { one, three })
        {
            RitzPairs other = BlockLanczos.Of(map, wanted, null, threads, cancellation: Cancellation);
            Assert.Equal(first.Pairs, other.Pairs);
            Assert.Equal(first.Vectors.Values, other.Vectors.Values);
            Assert.Equal(first.Products, other.Products);
        }
    }

    [Theory]
    [InlineData(2000, 10, 10)]
    [InlineData(20_000, 3, 0)]
    public void Products_in_single_precision_give_intervals_that_hold(int order, int largest, int smallest)
    {
        double[] elements = Hessianlike(order);
        RitzPairs pairs = BlockLanczos.Of(
            new Rounded(elements), new(largest, smallest, 1e-6), null, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Null(pairs.Reason);
        Array.Sort(elements);
        for (int i = 0; i < pairs.Pairs.Length; i++)
        {
            RitzPair pair = pairs.Pairs[i];
            Assert.True(pair.IsConverged);
            Assert.InRange(pair.Residual, 0, 1e-6 * elements[^1]);
            Assert.True(pair.Interval.Contains(i < pairs.FromBelow ? elements[i] : elements[^(pairs.Pairs.Length - i)]), $"{i}: {pair}");
        }
    }

    [Fact]
    public void A_tolerance_below_the_rounding_of_the_products_ends_with_what_they_allow()
    {
        double[] elements = Hessianlike(2000);
        RitzPairs pairs = BlockLanczos.Of(new Rounded(elements), new(4, 0, 1e-12), null, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Contains("rounding", pairs.Reason, StringComparison.Ordinal);
        Assert.Contains("4 of 4 eigenpairs (0 at the lower end, 4 at the upper one)", pairs.Reason, StringComparison.Ordinal);
        Assert.InRange(pairs.Products, 4, 300);
        Array.Sort(elements);
        for (int i = 0; i < 4; i++)
        {
            Assert.False(pairs.Pairs[i].IsConverged);
            Assert.InRange(pairs.Pairs[i].Residual, 0, 1e-6 * elements[^1]);
            Assert.True(pairs.Pairs[i].Interval.Contains(elements[1996 + i]));
        }
    }

    [Fact]
    public void Products_that_are_less_exact_than_they_say_end_when_residuals_no_longer_fall()
    {
        double[] elements = Hessianlike(1000);
        RitzPairs pairs = BlockLanczos.Of(
            new Rounded(elements, unitRoundoff: Spectrum.DoubleRoundoff), new(4, 0, 1e-12), null, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Contains("does not fall further", pairs.Reason, StringComparison.Ordinal);
        Assert.InRange(pairs.Products, 4, 500);
        Assert.All(pairs.Pairs, pair => Assert.Contains(elements, value => pair.Interval.Contains(value)));
    }

    [Fact]
    public void A_whole_space_has_no_more_to_say_than_its_rounding()
    {
        Matrix matrix = SymmetricMatrices.Random(15, seed: 2);
        RitzPairs pairs = BlockLanczos.Of(new MatrixMap(matrix), new(3, 3, 1e-25), null, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Contains("does not fall further", pairs.Reason, StringComparison.Ordinal);
        Assert.Equal(15 + 6, pairs.Products);
        double[] dense = SymmetricMatrices.Eigenvalues(matrix);
        for (int i = 0; i < 6; i++)
            Assert.Equal(i < 3 ? dense[i] : dense[9 + i], pairs.Pairs[i].Value, 1e-14);
    }

    [Fact]
    public void What_does_not_converge_in_time_says_so_and_has_intervals_that_hold()
    {
        double[] elements = [.. Enumerable.Range(0, 3000).Select(i => Math.Sin(i))];
        var wanted = new EndsWanted(3, 2, 1e-9, MaxProducts: 100);
        RitzPairs pairs = BlockLanczos.Of(new Diagonal(elements), wanted, null, SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.InRange(pairs.Products, 80, 100);
        Assert.Contains("after ", pairs.Reason, StringComparison.Ordinal);
        Assert.Contains("5 of 5", pairs.Reason, StringComparison.Ordinal);
        Assert.All(pairs.Pairs, pair =>
        {
            Assert.False(pair.IsConverged);
            Assert.Contains(elements, value => pair.Interval.Contains(value));
            Assert.InRange(pair.Interval.Width, 0, 1);
        });
    }

    [Fact]
    public void Who_cancels_keeps_what_was_found()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        double[] elements = Hessianlike(3000);
        var told = new List<RitzPairs>();
        var found = new Listener<RitzPairs>(pairs =>
        {
            told.Add(pairs);
            if (pairs.Pairs.Count(pair => pair.IsConverged) >= 3)
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => BlockLanczos.Of(new Diagonal(elements), new(8, 8, 1e-8), null, SymmetricMatrices.Threads, null, found, stop.Token));
        RitzPairs last = told[^1];
        Assert.Equal(16, last.Pairs.Length);
        Assert.Contains("recurrence", last.Reason, StringComparison.Ordinal);
        Array.Sort(elements);
        for (int i = 0; i < 16; i++)
        {
            if (last.Pairs[i].IsConverged)
                Assert.True(last.Pairs[i].Interval.Contains(i < 8 ? elements[i] : elements[^(16 - i)]));
            Assert.Equal(1, EuclideanNorm.Of(last.Vectors.Row(i)), 1e-12);
        }
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var told = new List<double>();
        BlockLanczos.Of(new Diagonal(Hessianlike(1000)), new(6, 6, 1e-8), null, SymmetricMatrices.Threads, new Listener<double>(told.Add), null, Cancellation);
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        Assert.True(told.Count > 5);
    }

    [Fact]
    public void What_is_left_out_is_not_found()
    {
        // The three largest are known.
        double[] elements = [.. Enumerable.Range(1, 200).Select(i => (double)i)];
        RitzPairs pairs = BlockLanczos.Of(
            new Diagonal(elements), new(3, 2, 1e-10), new LastCoordinates(3), SymmetricMatrices.Threads, cancellation: Cancellation);
        double[] expected = [1, 2, 195, 196, 197];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], pairs.Pairs[i].Value, 1e-9);
            Assert.True(pairs.Pairs[i].Interval.Contains(expected[i]));
            Assert.Equal([0.0, 0.0, 0.0], pairs.Vectors.Row(i)[^3..].ToArray());
        }

        Assert.Empty(BlockLanczos.Of(
            new Diagonal([1, 2]), new(3, 2, 1e-10), new LastCoordinates(2), SymmetricMatrices.Threads, cancellation: Cancellation).Pairs);
    }

    [Fact]
    public void What_is_left_out_without_being_invariant_is_named()
    {
        // The last coordinate of the second difference is coupled to the one before it.
        Matrix matrix = SymmetricMatrices.Of(30, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0);
        double[] dense = SymmetricMatrices.Eigenvalues(matrix);
        RitzPairs pairs = BlockLanczos.Of(
            new MatrixMap(matrix), new(2, 2, 1e-8), new LastCoordinates(1), SymmetricMatrices.Threads, cancellation: Cancellation);
        Assert.Contains("not invariant", pairs.Reason, StringComparison.Ordinal);
        Assert.All(pairs.Pairs, pair => Assert.Contains(dense, pair.Interval.Contains));
    }

    [Fact]
    public void A_product_that_is_no_number_is_explained()
    {
        double[] elements = Hessianlike(100);
        elements[50] = double.NaN;
        var exception = Assert.Throws<MatrixException>(
            () => BlockLanczos.Of(new Diagonal(elements), new(1, 1, 1e-6), null, SymmetricMatrices.Threads, cancellation: Cancellation));
        Assert.Contains("NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_for_less_than_a_space_is_refused_with_what_it_takes()
    {
        var wanted = new EndsWanted(10, 10, 1e-6, MemoryBytes: 1_000_000);
        var exception = Assert.Throws<LanczosException>(
            () => BlockLanczos.Of(new Diagonal(new double[10_000]), wanted, null, SymmetricMatrices.Threads, cancellation: Cancellation));
        Assert.Contains("6.4 MB", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BlockLanczos.Of(new Diagonal([1]), wanted with { Tolerance = 0 }, null, SymmetricMatrices.Threads, cancellation: Cancellation));
    }

    // Outliers, a bulk that falls like a power, a few negative ones, a fifth of zeros: what Hessians of networks look like.
    private static double[] Hessianlike(int order) => [.. Enumerable.Range(0, order).Select(i =>
        i < 11 ? 0.7 * Math.Pow(10 / 0.7, i / 10.0) : i < 21 ? -0.013 * (i - 10) : i < 0.8 * order ? 0.3 * Math.Pow(i - 20, -1.2) : 0)];

    private sealed class Listener<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }

    private class Diagonal(double[] elements) : ILinearMap
    {
        public int Order => elements.Length;

        public virtual double UnitRoundoff => Spectrum.DoubleRoundoff;

        public virtual void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
        {
            for (int v = 0; v < directions.Rows; v++)
                for (int i = 0; i < Order; i++)
                    products[v, i] = elements[i] * directions[v, i];
        }
    }

    /// <summary>Products as a network in single precision gives them: directions and products rounded, and something that is not symmetric.</summary>
    private sealed class Rounded(double[] elements, double unitRoundoff = Spectrum.SingleRoundoff) : Diagonal(elements)
    {
        public override double UnitRoundoff => unitRoundoff;

        public override void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
        {
            base.Multiply(directions, products, cancellation);
            for (int v = 0; v < products.Rows; v++)
            {
                float carried = 0;
                for (int i = 0; i < Order; i++)
                {
                    float product = (float)products[v, i];
                    products[v, i] = product + (Spectrum.SingleRoundoff * carried);
                    carried = product;
                }
            }
        }
    }

    private sealed class LastCoordinates(int count) : ISubspace
    {
        public int Dimension => count;

        public void RemoveFrom(Matrix vectors)
        {
            for (int v = 0; v < vectors.Rows; v++)
                vectors.Row(v)[^count..].Clear();
        }
    }
}
