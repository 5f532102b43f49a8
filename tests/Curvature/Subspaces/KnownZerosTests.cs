using System.Collections.Immutable;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Subspaces;

public class KnownZerosTests
{
    private static readonly ShiftInvariance Shift = new("shift", [[0, 1, 2], [4, 5]]);
    private static readonly UnusedCoordinates Unused = new("unused", [2, 6]);

    [Fact]
    public void What_a_map_has_is_kept()
    {
        // A random matrix on the complement of both.
        KnownZeros zeros = Of(WithoutZeros(SymmetricMatrices.Random(40, seed: 3), NullSubspace.Of([Shift, Unused], 40)), Shift, Unused);
        Assert.Equal([Shift, Unused], zeros.Groups.ToArray());
        Assert.Equal(4, zeros.Subspace.Dimension);
        Assert.All(zeros.Checks, check => Assert.True(check.Passed, $"{check.Residual} above {check.Bound}"));
        Assert.Equal(3 * KnownZeros.Directions, zeros.Products);
        Assert.Null(zeros.Reason);
    }

    [Fact]
    public void A_single_set_that_is_not_null_has_its_group_left_out_with_words()
    {
        // Of both sets only the first is null: the second one's curvature is a hundredth of the largest.
        Matrix matrix = WithoutZeros(SymmetricMatrices.Random(40, seed: 3), NullSubspace.Of([new ShiftInvariance("first", [[0, 1, 2]]), Unused], 40));
        for (int i = 0; i < 40; i++)
        {
            matrix[4, i] = matrix[i, 4] = 0;
            matrix[5, i] = matrix[i, 5] = 0;
        }

        matrix[4, 4] = 0.01;
        KnownZeros zeros = Of(matrix, Shift, Unused);
        Assert.Equal([Unused], zeros.Groups.ToArray());
        Assert.Equal(2, zeros.Subspace.Dimension);
        Assert.False(zeros.Checks[0].Passed);
        Assert.True(zeros.Checks[1].Passed);
        Assert.StartsWith("The null directions of 'shift' are not taken out: a product with one of them has ", zeros.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_of_zeros_has_every_null_direction_and_one_of_order_1_may_have_none()
    {
        Assert.Equal(40, Of(new Matrix(40, 40), new UnusedCoordinates("all", [.. Enumerable.Range(0, 40)])).Subspace.Dimension);
        Assert.Equal(1, Of(new Matrix(1, 1), new ShiftInvariance("one", [[0]])).Subspace.Dimension);
        Assert.Equal(0, Of(new Matrix(1, 1, [2]), new ShiftInvariance("one", [[0]])).Subspace.Dimension);
        Assert.Equal(0, Of(new Matrix(3, 3)).Subspace.Dimension);
        Assert.Equal(0, KnownZeros.None(7).Subspace.Dimension);
    }

    [Fact]
    public void A_map_that_is_not_finite_has_none()
        => Assert.Empty(Of(SymmetricMatrices.Of(4, (_, _) => double.NaN), new UnusedCoordinates("unused", [1])).Groups);

    private static KnownZeros Of(Matrix matrix, params ImmutableArray<NullDirections> groups)
    {
        var map = new MatrixMap(matrix);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return KnownZeros.Of(map, groups, KnownZeros.ProductsOf(map, seed: 1, cancellation), seed: 1, cancellation);
    }

    // (1 − P) A (1 − P).
    private static Matrix WithoutZeros(Matrix matrix, NullSubspace subspace)
    {
        Matrix turned = matrix.Clone();
        subspace.RemoveFrom(turned);
        turned = turned.Transpose();
        subspace.RemoveFrom(turned);
        return turned;
    }
}
