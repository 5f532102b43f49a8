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

    [Fact]
    public void Rows_of_a_symmetric_matrix_add_to_both_sides()
    {
        const int Stride = 24, Order = 20;
        double[] a = [.. Enumerable.Range(0, 4 * Stride).Select(i => (double)(i % 7))],
            v = [.. Enumerable.Range(0, Order).Select(i => (double)(i % 5))],
            y = [.. Enumerable.Repeat(1.0, Order)],
            expected = [.. y];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 4; j < Order; j++)
            {
                expected[i] += a[(i * Stride) + j] * v[j];
                expected[j] += a[(i * Stride) + j] * v[i];
            }
        }

        SymmetricRows.AddFour(a, Stride, 0, 4, v, y);
        Assert.Equal(expected, y);
        Assert.Throws<ArgumentException>(() => SymmetricRows.AddFour(a, Stride, 1, 4, v, y));
        Assert.Throws<ArgumentException>(() => SymmetricRows.AddFour(a.AsSpan(0, 80), Stride, 0, 4, v, y));
    }
}
