using System.Numerics;
using BasinVolume.Kernels.Host.Convolutions.Winograd;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Winograd;

// Vectors of both widths; those that the processor at hand lacks run in software. Of small whole numbers, and of halves and quarters of these, every transform
// is exact, so that the sums that they stand for come out to the last bit.
public sealed class WinogradTileTests
{
    private const int Elements = 16;

    [Fact]
    public void Transformed_tiles_multiply_to_the_outputs_of_the_filter()
    {
        CheckOutputs<float, WideLanes<float>>();
        CheckOutputs<double, WideLanes<double>>();
        CheckOutputs<float, UsualLanes<float>>();
        CheckOutputs<double, UsualLanes<double>>();
    }

    [Fact]
    public void Transformed_adjoints_multiply_to_the_adjoint_of_the_filter()
    {
        CheckFilter<float, WideLanes<float>>();
        CheckFilter<double, WideLanes<double>>();
        CheckFilter<float, UsualLanes<float>>();
        CheckFilter<double, UsualLanes<double>>();
    }

    // Filters are turned round on the way back: from the last element on, with negative steps.
    private static void CheckOutputs<T, TLanes>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int lanes = TLanes.Count;
        T[] pixels = Whole<T>(1, 16 * lanes), filter = Whole<T>(2, 9 * lanes);
        T[] tile = new T[Elements * lanes], transformed = new T[Elements * lanes], outputs = new T[4 * lanes];
        foreach (bool turned in (bool[])[false, true])
        {
            WinogradTile<T, TLanes>.TransformImage(ref pixels[0], lanes, 4 * lanes, ref tile[0], lanes);
            var half = TLanes.Broadcast(T.CreateChecked(0.5));
            WinogradTile<T, TLanes>.TransformFilter(ref filter[turned ? 8 * lanes : 0], turned ? -lanes : lanes, half, ref transformed[0], lanes);
            T[] products = [.. tile.Zip(transformed, (one, other) => one * other)];
            WinogradTile<T, TLanes>.TransformProducts(ref products[0], lanes, ref outputs[0], lanes, 2 * lanes);
            for (int place = 0; place < outputs.Length; place++)
            {
                (int output, int lane) = Math.DivRem(place, lanes);
                T expected = T.Zero;
                for (int tap = 0; tap < 9; tap++)
                    expected += filter[((turned ? 8 - tap : tap) * lanes) + lane] * pixels[(Pixel(output, tap) * lanes) + lane];
                Assert.Equal(expected, outputs[place]);
            }
        }
    }

    private static void CheckFilter<T, TLanes>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int lanes = TLanes.Count;
        T[] pixels = Whole<T>(1, 16 * lanes), adjoints = Whole<T>(2, 4 * lanes);
        T[] tile = new T[Elements * lanes], transformed = new T[Elements * lanes], filter = new T[9 * lanes];
        WinogradTile<T, TLanes>.TransformImage(ref pixels[0], lanes, 4 * lanes, ref tile[0], lanes);
        WinogradTile<T, TLanes>.TransformAdjoints(ref adjoints[0], lanes, 2 * lanes, ref transformed[0], lanes);
        T[] sums = [.. tile.Zip(transformed, (one, other) => one * other)];
        WinogradTile<T, TLanes>.TransformSums(ref sums[0], lanes, TLanes.Broadcast(T.CreateChecked(0.5)), ref filter[0], lanes);
        for (int place = 0; place < filter.Length; place++)
        {
            (int tap, int lane) = Math.DivRem(place, lanes);
            T expected = T.Zero;
            for (int output = 0; output < 4; output++)
                expected += adjoints[(output * lanes) + lane] * pixels[(Pixel(output, tap) * lanes) + lane];
            Assert.Equal(expected, filter[place]);
        }
    }

    // Of a tile of 4 x 4, the one under an element of the filter for one of the 2 x 2 outputs.
    private static int Pixel(int output, int tap) => (((output / 2) + (tap / 3)) * 4) + (output % 2) + (tap % 3);

    private static T[] Whole<T>(int seed, int length)
        where T : INumberBase<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked(random.Next(-9, 10)))];
    }
}
