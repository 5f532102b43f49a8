using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Convolutions.Tiled;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Tiled;

// Vectors of both widths; those that the processor at hand lacks run in software, with the same bits. Sums are chains of multiply-adds in ascending order.
public sealed class ConvolutionTileTests
{
    private static readonly int[] _offsets = [3, 40, 0, 17, 5];

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
        T[] image = Numbers.Random<T>(1, 128);
        CheckSliding<T, TLanes>(image, 8, accumulate: false);
        CheckSliding<T, TLanes>(image, 8, accumulate: true);
        CheckSliding<T, TLanes>(image, 6, accumulate: false);
        CheckSliding<T, TLanes>(image, 6, accumulate: true);
        CheckSliding<T, TLanes>(image, 4, accumulate: false);
        CheckSliding<T, TLanes>(image, 4, accumulate: true);
        CheckChannels<T, TLanes>(image);
        foreach (int channels in (int[])[2, 4])
        {
            CheckFilters<T, TLanes>(image, channels, [1, 0, 8, 30, 20, 5]);
            CheckFilters<T, TLanes>(image, channels, [7, 0, 31, 2, 19]);
        }
    }

    private static void CheckSliding<T, TLanes>(T[] image, int rows, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int lanes = TLanes.Count, second = (2 * lanes) + 3;
        T[] filters = Numbers.Random<T>(2, _offsets.Length * rows), before = Numbers.Random<T>(3, rows * 64), after = [.. before];
        int[] starts = [.. Enumerable.Range(0, rows).Select(row => row * 64)];
        var tile = new SlidingTile<T, TLanes>(_offsets, 1, 30);
        var places = new SlidingTile<T, TLanes>.Places(starts, 0, second, accumulate);
        tile.Multiply(rows, filters, image, ref after[0], places);

        for (int row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                Check(row, lane, 1, starts[row] + lane);
                Check(row, lane, 30, starts[row] + second + lane);
            }
        }

        void Check(int row, int lane, int position, int place)
        {
            T sum = Chain(_offsets.Length, k => filters[(k * rows) + row], k => image[position + _offsets[k] + lane]);
            Assert.Equal(accumulate ? before[place] + sum : sum, after[place]);
        }
    }

    private static void CheckChannels<T, TLanes>(T[] image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int width = 2 * TLanes.Count;
        int[] starts = [7, 0, 50, 21, 22, 60];
        T[] columns = Numbers.Random<T>(4, _offsets.Length * width);
        var sums = new TLanes[12];
        ChannelTile<T, TLanes>.Multiply(image, starts, _offsets, columns, sums);
        T[] values = MemoryMarshal.Cast<TLanes, T>(sums).ToArray();
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(Chain(_offsets.Length, k => image[starts[i / width] + _offsets[k]], k => columns[(k * width) + (i % width)]), values[i]);
    }

    private static void CheckFilters<T, TLanes>(T[] images, int channels, int[] taps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        const int Samples = 2, ImageLength = 60;
        int lanes = TLanes.Count;
        int[] positions = [0, 9, 4];
        int channel = Samples * positions.Length * lanes;
        T[] outputs = Numbers.Random<T>(5, channels * channel);
        var sums = new TLanes[channels * taps.Length];
        var tile = new FilterTile<T, TLanes>(images, ImageLength, positions, Samples);
        if (channels == 4)
            tile.SumFour(new(outputs, 0, channel), taps, sums);
        else
            tile.Sum(outputs.AsSpan(0, channel), outputs.AsSpan(channel), taps, sums);
        T[] values = MemoryMarshal.Cast<TLanes, T>(sums).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int lane) = Math.DivRem(i, lanes);
            int first = row / taps.Length * channel, tap = taps[row % taps.Length];
            T expected = Chain(
                Samples * positions.Length,
                n => outputs[first + (n * lanes) + lane],
                n => images[(n / positions.Length * ImageLength) + positions[n % positions.Length] + tap + lane]);
            Assert.Equal(expected, values[i]);
        }
    }

    private static T Chain<T>(int terms, Func<int, T> first, Func<int, T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int k = 0; k < terms; k++)
            sum = Simd.MultiplyAdd(first(k), second(k), sum);
        return sum;
    }
}
