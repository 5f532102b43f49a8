using System.Collections.Immutable;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Maps;

public class BlockMapTests
{
    private static readonly Matrix Whole = SymmetricMatrices.Random(9, seed: 4);
    private static readonly ImmutableArray<ParameterGroup> Groups = [new("late", 6, 2), new("none", 8, 0), new("early", 1, 3)];
    private static readonly int[] Places = [6, 7, 1, 2, 3];

    [Fact]
    public void Products_are_those_of_the_block()
    {
        var block = new BlockMap(new MatrixMap(Whole), Groups);
        var expected = new MatrixMap(SymmetricMatrices.Of(5, (i, j) => Whole[Places[i], Places[j]]));
        Assert.Equal(5, block.Order);
        // Blocks of several sizes, one after the other.
        foreach (int rows in new[] { 3, 1, 3 })
        {
            var directions = new Matrix(rows, 5, [.. Enumerable.Range(0, 5 * rows).Select(i => Math.Cos(i))]);
            Matrix products = new(rows, 5), wanted = new(rows, 5);
            block.Multiply(directions, products, TestContext.Current.CancellationToken);
            expected.Multiply(directions, wanted, TestContext.Current.CancellationToken);
            Assert.All(wanted.Values.Zip(products.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        }
    }

    [Fact]
    public void Null_directions_inside_stay_and_those_that_reach_beyond_do_not()
    {
        var block = new BlockMap(new MatrixMap(Whole), Groups);
        ImmutableArray<NullDirections> inside = block.Inside(
            [new ShiftInvariance("shift", [[7, 2], [3, 4]]), new UnusedCoordinates("unused", [1, 5, 6]), new UnusedCoordinates("outside", [0])]);
        Assert.Equal(2, inside.Length);
        Assert.Equal([1, 3], Assert.Single(Assert.IsType<ShiftInvariance>(inside[0]).Sets));
        Assert.Equal([2, 0], Assert.IsType<UnusedCoordinates>(inside[1]).Coordinates);
    }

    [Fact]
    public void Groups_that_make_no_block_are_refused()
    {
        Assert.Contains("share coordinate 2", Refusal(new("a", 0, 3), new("b", 2, 1)));
        Assert.Contains("order 9", Refusal(new ParameterGroup("a", 8, 2)));
        Assert.Contains("at least one coordinate", Refusal(new ParameterGroup("a", 8, 0)));
        Assert.Contains("at least one coordinate", Refusal());

        static string Refusal(params ImmutableArray<ParameterGroup> groups)
            => Assert.Throws<MatrixException>(() => new BlockMap(new MatrixMap(Whole), groups)).Message;
    }
}
