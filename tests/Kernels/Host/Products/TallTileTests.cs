using System.Numerics;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests.Host.Products;

// Vectors of 512 bits run in software where the processor has none, with the same bits.
public sealed class TallTileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sums_have_the_bits_of_single_multiply_adds(bool accumulate)
    {
        Check<float>(accumulate);
        Check<double>(accumulate);
    }

    private static void Check<T>(bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Terms of a row two apart, rows 13 apart in the operand and 20 in the result.
        const int Depth = 5, Step = 2, Row = 13, Next = 20;
        int lanes = WideLanes<T>.Count;
        T[] left = Numbers.Random<T>(1, TallTile<T>.Rows * Row), right = Numbers.Random<T>(2, Depth * 2 * lanes);
        T[] before = Numbers.Random<T>(3, TallTile<T>.Rows * Next), after = [.. before];

        TallTile<T>.Multiply(ref left[0], Row, Step, ref right[0], Depth, ref after[0], Next, accumulate);

        for (int place = 0; place < after.Length; place++)
        {
            (int row, int lane) = Math.DivRem(place, Next);
            T sum = T.Zero;
            for (int k = 0; k < Depth && lane < lanes; k++)
                sum = Simd.MultiplyAdd(left[(row * Row) + (k * Step)], right[(k * 2 * lanes) + lane], sum);
            T expected = lane >= lanes ? before[place] : accumulate ? before[place] + sum : sum;
            Assert.Equal(expected, after[place]);
        }
    }
}
