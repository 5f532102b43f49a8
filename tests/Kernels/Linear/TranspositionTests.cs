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
        for (int rows = 0; rows <= 9; rows++)
        {
            for (int columns = 0; columns <= 9; columns++)
            {
                T[] source = [.. Enumerable.Range(1, 120).Select(T.CreateChecked)], target = new T[120];
                Transposition.Copy<T>(source, 11, target, 10, rows, columns);
                for (int place = 0; place < target.Length; place++)
                {
                    (int j, int i) = Math.DivRem(place, 10);
                    Assert.Equal(i < rows && j < columns ? source[(i * 11) + j] : T.Zero, target[place]);
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
