using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class RowCombinationsTests
{
    // Factors whose products are no doubles: vectors and remainders must round alike, and nothing behind the first target's length may change.
    [Fact]
    public void Both_targets_get_their_multiples_of_each_row_in_order()
    {
        double[] f = [1 + Math.ScaleB(1, -30), -0.7, 0.3, 1.1], s = [0.9, 1 - Math.ScaleB(1, -31), -1.3, 0];
        for (int length = 0; length <= 20; length++)
        {
            double[][] rows = [.. Enumerable.Range(0, 4).Select(k => Drawn(length + 1, k))];
            double[] first = Drawn(length, 5), second = Drawn(length + 1, 6);
            double[] expectedFirst = Expected(first, f, rows), expectedSecond = [.. Expected(second, s, rows)[..length], second[length]];
            RowCombinations.AddFourToTwo(
                first, new(f[0], f[1], f[2], f[3]), second, new(s[0], s[1], s[2], s[3]), rows[0], rows[1], rows[2], rows[3]);
            Assert.Equal(expectedFirst, first);
            Assert.Equal(expectedSecond, second);
        }
    }

    [Fact]
    public void A_row_that_is_too_short_is_refused()
    {
        double[] four = new double[4], three = new double[3];
        Assert.Throws<ArgumentOutOfRangeException>(() => RowCombinations.AddFourToTwo(four, default, four, default, four, four, four, three));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowCombinations.AddFourToTwo(four, default, three, default, four, four, four, four));
    }

    private static double[] Expected(double[] target, double[] factors, double[][] rows)
    {
        double[] sum = [.. target];
        for (int i = 0; i < sum.Length; i++)
        {
            for (int k = 0; k < rows.Length; k++)
                sum[i] = Simd.MultiplyAdd(factors[k], rows[k][i], sum[i]);
        }

        return sum;
    }

    private static double[] Drawn(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
    }
}
