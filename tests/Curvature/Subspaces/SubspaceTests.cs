using System.Collections.Immutable;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Subspaces;

public class SubspaceTests
{
    [Fact]
    public void A_span_is_removed_and_its_complement_stays()
    {
        // (3, 4, 0)/5 and (0, 0, 1): of (1, 1, 1) is left (1, 1, 0) − (7/25)(3, 4, 0) = (4, −3, 0)/25.
        var subspace = new SpannedSubspace(new Matrix(2, 3, [0.6, 0.8, 0, 0, 0, 1]));
        Matrix vectors = new(2, 3, [1, 1, 1, 4, -3, 0]);
        subspace.RemoveFrom(vectors);
        Assert.Equal(2, subspace.Dimension);
        AssertClose([0.16, -0.12, 0, 4, -3, 0], vectors.Values);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(4096, 2)]
    [InlineData(9001, 5)] // several pieces, the last one short
    public void A_span_has_the_same_bits_for_any_number_of_threads(int order, int vectors)
    {
        // Two orthonormal vectors, or one: the even and the odd coordinates.
        var basis = new Matrix(Math.Min(2, order), order);
        for (int i = 0; i < order; i++)
            basis[i % basis.Rows, i] = 1 / Math.Sqrt((order + (basis.Rows == 2 && i % 2 == 0 ? 1 : 0)) / basis.Rows);
        Matrix alone = Normal(vectors, order), plain = alone.Clone();
        new SpannedSubspace(basis).RemoveFrom(alone);
        foreach (int count in new[] { 1, 3 })
        {
            using var threads = new HostThreads(count);
            Matrix together = Normal(vectors, order);
            new SpannedSubspace(basis, threads).RemoveFrom(together);
            Assert.Equal(alone.Values, together.Values);
        }

        for (int v = 0; v < vectors; v++)
        {
            for (int k = 0; k < basis.Rows; k++)
            {
                double along = Enumerable.Range(0, order).Sum(i => basis[k, i] * plain[v, i]);
                for (int i = k; i < order; i += basis.Rows)
                    Assert.Equal(plain[v, i] - (along * basis[k, i]), alone[v, i], 1e-12);
            }
        }
    }

    [Fact]
    public void Coordinates_become_zero()
    {
        var subspace = new CoordinateSubspace(3, 0);
        var vectors = new Matrix(1, 4, [1, 2, 3, 4]);
        subspace.RemoveFrom(vectors);
        Assert.Equal([0, 2, 3, 0], vectors.Values);
        Assert.Equal([0, 3], subspace.Coordinates);
        Assert.Equal(2, subspace.Dimension);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var three = new Matrix(1, 3, [1, 2, 3]);
        Assert.Contains("coordinate 1, which is there already", Assert.Throws<MatrixException>(() => new CoordinateSubspace(1, 2, 1)).Message);
        Assert.Contains("coordinate -1, which is negative", Assert.Throws<MatrixException>(() => new CoordinateSubspace(-1)).Message);
        Assert.Contains("coordinate 3 of vectors with 3", Assert.Throws<MatrixException>(() => new CoordinateSubspace(3).RemoveFrom(three)).Message);
        Assert.Contains("have 2", Assert.Throws<MatrixException>(() => new SpannedSubspace(new Matrix(1, 2, [1, 0])).RemoveFrom(three)).Message);
        Assert.Contains("order 4", Assert.Throws<MatrixException>(() => NullSubspace.Of([], 4).RemoveFrom(three)).Message);
    }

    [Fact]
    public void Orthogonal_subspaces_are_removed_together()
    {
        var vectors = new Matrix(1, 4, [1, 2, 3, 4]);
        var joined = new JoinedSubspace(new CoordinateSubspace(0), new SpannedSubspace(new Matrix(1, 4, [0, 0, 0.6, 0.8])));
        joined.RemoveFrom(vectors);
        Assert.Equal(2, joined.Dimension);
        AssertClose([0, 2, 0, 0], vectors.Values);
        Assert.Equal(0, new JoinedSubspace().Dimension);
    }

    // Of eight coordinates: sets {0, 1, 2} and {3, 4}, a set of one, and unused ones that cover the second set, share the first, and stand by themselves.
    public static TheoryData<int[][], int[]> Groups => new()
    {
        { [[0, 1, 2], [3, 4]], [] },
        { [[0, 1, 2], [3, 4]], [1] },
        { [[0, 1, 2], [3, 4]], [3, 4, 7] },
        { [[5]], [5, 6] },
        { [], [0, 1, 2, 3, 4, 5, 6, 7] },
        { [], [] },
        { [[0, 1, 2, 3, 4, 5, 6, 7]], [0, 1, 2, 3, 4, 5, 6] },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void Null_directions_that_depend_on_each_other_are_counted_and_removed_once(int[][] sets, int[] unused)
    {
        const int Order = 8;
        using var alone = new HostThreads(1);
        ImmutableArray<NullDirections> groups = [new ShiftInvariance("shift", [.. sets.Select(set => set.ToImmutableArray())]),
            new UnusedCoordinates("unused", [.. unused])];
        var subspace = NullSubspace.Of(groups, Order);
        // The zero matrix has them all: what its reduction counts is the number of directions that are independent.
        Assert.Equal(StructuralReduction.Of(new Matrix(Order, Order), groups, 1e-16, alone).Count, subspace.Dimension);

        Matrix vectors = Normal(3, Order), removed = vectors.Clone();
        subspace.RemoveFrom(removed);
        int[][] directions = [.. sets, .. unused.Select(coordinate => new[] { coordinate })];
        for (int v = 0; v < 3; v++)
        {
            Assert.All(directions, direction => Assert.Equal(0, direction.Sum(i => removed[v, i]), 1e-14));
            // What was taken off is orthogonal to what is left: the projection is the orthogonal one.
            Assert.Equal(0, Enumerable.Range(0, Order).Sum(i => (vectors[v, i] - removed[v, i]) * removed[v, i]), 1e-14);
        }

        // The trace of the projection is its dimension.
        Matrix identity = SymmetricMatrices.Diagonal([.. Enumerable.Repeat(1.0, Order)]);
        subspace.RemoveFrom(identity);
        Assert.Equal(Order - subspace.Dimension, Enumerable.Range(0, Order).Sum(i => identity[i, i]), 1e-14);
    }

    private static Matrix Normal(int vectors, int order)
    {
        var matrix = new Matrix(vectors, order);
        for (int v = 0; v < vectors; v++)
            NormalVectors.Fill(seed: 5, (ulong)v, matrix.Row(v));
        return matrix;
    }

    private static void AssertClose(double[] expected, double[] actual)
        => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
}
