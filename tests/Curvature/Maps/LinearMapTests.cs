using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Maps;

public class LinearMapTests
{
    // [[1, 2], [2, −3]] times (1, 1) and (0, 2), and the same shifted by ½.
    private static readonly Matrix Symmetric = new(2, 2, [1, 2, 2, -3]);

    [Fact]
    public void A_matrix_multiplies_each_direction_of_a_block()
    {
        var map = new MatrixMap(Symmetric);
        Assert.Equal(2, map.Order);
        Assert.Equal([3, -1, 4, -6], Product(map));
        Assert.Equal([3, -1], map.Times([1, 1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_shift_is_added_to_every_map()
    {
        var map = new ShiftedMap(new ShiftedMap(new MatrixMap(Symmetric), 0.25), 0.25);
        Assert.Equal(2, map.Order);
        Assert.Equal([3.5, -0.5, 4, -5], Product(map));
    }

    [Fact]
    public void Products_stop_when_they_are_to()
        => Assert.Throws<OperationCanceledException>(() => new MatrixMap(Symmetric).Times([1, 1], new CancellationToken(canceled: true)));

    // What the block for the products held is overwritten.
    private static double[] Product(ILinearMap map)
    {
        var products = new Matrix(2, 2, [9, 9, 9, 9]);
        map.Multiply(new Matrix(2, 2, [1, 1, 0, 2]), products, TestContext.Current.CancellationToken);
        return products.Values;
    }
}
