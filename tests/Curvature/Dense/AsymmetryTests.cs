using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Dense;

public class AsymmetryTests
{
    [Fact]
    public void The_worst_pair_is_named_and_not_the_first()
    {
        // (1, 2) differs by 1, (0, 60) and (3, 65) by 2 and 5 of a largest element 10. Order 70 spans several tiles.
        Matrix matrix = SymmetricMatrices.Of(
            70, (i, j) => (i, j) switch { (1, 2) => 1, (60, 0) => -2, (3, 65) => 3, (65, 3) => -2, _ when i == j => 10, _ => 0 });
        Assert.Equal(new Asymmetry(10, 0.5, 3, 65, 3, -2), Asymmetry.Of(matrix));
        Assert.Equal(
            "element (3, 65) is 3 and element (65, 3) is -2, the pair that differs most, by 0.5 of the largest element", Asymmetry.Of(matrix).WorstPair);
    }

    [Fact]
    public void Removing_it_leaves_the_symmetric_part()
    {
        var matrix = new Matrix(2, 2, [1, 1.7e308, 1.5e308, 2]);
        Asymmetry.Remove(matrix);
        Assert.Equal([1, 1.6e308, 1.6e308, 2], matrix.Values);
        Assert.Equal(0, Asymmetry.Of(matrix).Relative);
    }

    [Fact]
    public void Equal_elements_keep_their_last_bit()
    {
        var matrix = new Matrix(2, 2, [1, double.Epsilon, double.Epsilon, 2]);
        Asymmetry.Remove(matrix);
        Assert.Equal(double.Epsilon, matrix[0, 1]);
    }

    [Fact]
    public void A_matrix_that_is_not_square_has_none()
    {
        Assert.Throws<MatrixException>(() => Asymmetry.Of(new Matrix(2, 3)));
        Assert.Throws<MatrixException>(() => Asymmetry.Remove(new Matrix(2, 3)));
    }
}
