using System.Numerics;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests.Host.Products;

// The processor at hand has vectors of one width; those of the other run in software then, with the same bits.
public sealed class TileTests
{
    private const int Depth = 5;

    [Fact]
    public void Wide_vectors_have_the_bits_of_single_multiply_adds()
    {
        CheckAll<float, WideLanes<float>>();
        CheckAll<double, WideLanes<double>>();
    }

    [Fact]
    public void Usual_vectors_have_the_bits_of_single_multiply_adds()
    {
        CheckAll<float, UsualLanes<float>>();
        CheckAll<double, UsualLanes<double>>();
    }

    private static void CheckAll<T, TLanes>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int width = TLanes.Count;
        T[] packed = Numbers.Random<T>(1, Depth * Tile<T>.Rows);
        // The same rows elsewhere, in another order and with gaps between their terms.
        const int Step = 2, Length = 11;
        int[] starts = [33, 0, 55, 11, 44, 22];
        var apart = new T[Tile<T>.Rows * Length];
        for (int i = 0; i < packed.Length; i++)
            apart[starts[i % Tile<T>.Rows] + (i / Tile<T>.Rows * Step)] = packed[i];

        Check<T, TLanes>(packed, TileRows<T>.Packed(packed), 0, 2 * width, Whole);
        Check<T, TLanes>(packed, TileRows<T>.InPlace(ref apart[0], starts, Step), 0, 2 * width, Whole);
        foreach (int half in (int[])[0, 1])
        {
            Check<T, TLanes>(packed, TileRows<T>.Packed(packed), half * width, width, Half);
            Check<T, TLanes>(packed, TileRows<T>.InPlace(ref apart[0], starts, Step), half * width, width, Half);
        }

        void Whole(in TileRows<T> left, T[] right, int first, ref T result, int[] rows) => Tile<T>.Multiply<TLanes>(
            left, right, Depth, ref result, rows, accumulate: true);

        void Half(in TileRows<T> left, T[] right, int first, ref T result, int[] rows) => Tile<T>.MultiplyHalf<TLanes>(
            left, right, first / width, Depth, ref result, rows, accumulate: true);
    }

    private delegate void Product<T>(in TileRows<T> left, T[] right, int first, ref T result, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private static void Check<T, TLanes>(T[] packed, in TileRows<T> left, int first, int columns, Product<T> multiply)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int width = 2 * TLanes.Count;
        T[] right = Numbers.Random<T>(2, Depth * width);
        T[] before = Numbers.Random<T>(3, Tile<T>.Rows * columns), after = [.. before];
        int[] rows = [.. Enumerable.Range(0, Tile<T>.Rows).Select(row => row * columns)];

        multiply(left, right, first, ref after[0], rows);

        for (int i = 0; i < after.Length; i++)
        {
            T sum = T.Zero;
            for (int k = 0; k < Depth; k++)
                sum = Simd.MultiplyAdd(packed[(k * Tile<T>.Rows) + (i / columns)], right[(k * width) + first + (i % columns)], sum);
            Assert.Equal(before[i] + sum, after[i]);
        }
    }
}
