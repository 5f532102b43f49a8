using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class DotProductTests
{
    // Lengths around those of one and two vectors of every width. What stands behind the vectors must not be read into the sum.
    [Fact]
    public void Every_order_sums_what_there_is_and_nothing_behind_it()
    {
        for (int length = 0; length <= 40; length++)
        {
            double[] x = Behind(length, i => i + 1), y = Behind(length, i => 2 * (i % 3)), z = Behind(length, i => 1 - (i % 2));
            ReadOnlySpan<double> xs = x.AsSpan(0, length), ys = y.AsSpan(0, length), zs = z.AsSpan(0, length);
            double xy = Enumerable.Range(0, length)
                .Sum(i => x[i] * y[i]), xz = Enumerable.Range(0, length)
                .Sum(i => x[i] * z[i]), yz = Enumerable.Range(0, length)
                .Sum(i => y[i] * z[i]);
            Assert.Equal(xy, DotProduct.Of(xs, ys));
            Assert.Equal(xy, DotProduct.InOrder(xs, ys));
            Assert.Equal(xy, DotProduct.Fused(xs, ys));
            Assert.Equal((xz, yz), DotProduct.FusedTwo(xs, ys, zs));
        }
    }

    // 1e16 + 1 is 1e16: the order shows. In order 1e16 takes up no 1 at all; in chains the ones meet among themselves.
    [Fact]
    public void Ascending_order_is_kept()
    {
        double[] x = [1e16, .. Enumerable.Repeat(1.0, 31)], ones = [.. Enumerable.Repeat(1.0, 32)];
        Assert.Equal(1e16, DotProduct.InOrder(x, ones));
        Assert.True(DotProduct.Of(x, ones) > 1e16);
    }

    [Fact]
    public void Both_sums_of_two_have_the_bits_of_one()
    {
        var random = new Random(3);
        for (int length = 1; length < 70; length += 3)
        {
            double[] x = Drawn(random, length), y = Drawn(random, length), z = Drawn(random, length);
            Assert.Equal((DotProduct.Fused(x, z), DotProduct.Fused(y, z)), DotProduct.FusedTwo(x, y, z));
        }
    }

    private static double[] Behind(int length, Func<int, double> element)
        => [.. Enumerable.Range(0, length).Select(element), .. Enumerable.Repeat(double.NaN, 40)];

    private static double[] Drawn(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
}
