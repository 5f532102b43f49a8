using System.Numerics;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class TranspositionTests
{
    [Fact]
    public void A_block_of_any_size_is_transposed_and_nothing_beside_it_is_touched()
    {
        Check<double>();
        Check<float>();
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Squares of 16, 8 and 4, alone and beside each other, and what no square covers.
        int[] sizes = [0, 1, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 28, 33];
        foreach (int rows in sizes)
        {
            foreach (int columns in sizes)
            {
                T[] source = [.. Enumerable.Range(1, 35 * 34).Select(T.CreateChecked)], target = new T[35 * 34];
                Transposition.Copy<T>(source, 35, target, 34, rows, columns);
                for (int place = 0; place < target.Length; place++)
                {
                    (int j, int i) = Math.DivRem(place, 34);
                    Assert.Equal(i < rows && j < columns ? source[(i * 35) + j] : T.Zero, target[place]);
                }
            }
        }
    }

    [Fact]
    public void Blocks_that_reach_outside_are_refused()
    {
        double[] values = new double[20];
        Assert.Throws<ArgumentException>(() => Transposition.Copy<double>(values, 4, new double[20], 5, 6, 4));
        Assert.Throws<ArgumentException>(() => Transposition.Copy<double>(values, 4, new double[19], 5, 5, 4));
        Assert.Throws<ArgumentException>(() => Transposition.Copy<double>(values, 3, new double[20], 5, 5, 4));
    }
}
