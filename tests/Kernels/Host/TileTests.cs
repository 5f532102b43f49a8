using System.Numerics;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Words;

namespace BasinVolume.Kernels.Tests.Host;

// The processor at hand has vectors of one width; those of the other run in software then, with the same bits.
public sealed class TileTests
{
    private const int Depth = 5;

    [Fact]
    public void Wide_vectors_have_the_bits_of_single_multiply_adds()
    {
        Check<float, WideLanes<float>>();
        Check<double, WideLanes<double>>();
    }

    [Fact]
    public void Usual_vectors_have_the_bits_of_single_multiply_adds()
    {
        Check<float, UsualLanes<float>>();
        Check<double, UsualLanes<double>>();
    }

    private static void Check<T, TLanes>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int columns = 2 * TLanes.Count;
        T[] left = Numbers.Random<T>(1, Depth * Tile<T>.Rows), right = Numbers.Random<T>(2, Depth * columns);
        T[] before = Numbers.Random<T>(3, Tile<T>.Rows * columns), after = [.. before];
        int[] rows = [.. Enumerable.Range(0, Tile<T>.Rows).Select(row => row * columns)];

        Tile<T>.Multiply<TLanes>(left, right, Depth, ref after[0], rows, accumulate: true);

        for (int i = 0; i < after.Length; i++)
        {
            T sum = T.Zero;
            for (int k = 0; k < Depth; k++)
                sum = Simd.MultiplyAdd(left[(k * Tile<T>.Rows) + (i / columns)], right[(k * columns) + (i % columns)], sum);
            Assert.Equal(before[i] + sum, after[i]);
        }
    }
}
