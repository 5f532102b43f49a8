using System.Numerics;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// Which convolutions are computed by tiles, and by which. The rule looks at sizes alone, so that a sum's order depends on nothing else. A channel counts in
/// its group. Measured on Zen 3 with 256-bit vectors, one thread, rates of tiles / of the other kernels (float32, float64; 3 x 3 filters):
/// <code>
/// channels      forward      towards the image   towards the weights
/// 1 → 1         0.1, 0.2     0.9, 0.7            0.5, 0.4                28 x 28 pixels
/// 1 → 2         0.3, 0.7     1.9, 1.2            2.7, 1.9                28 x 28
/// 2 → 2         1.3, 1.0     3.3, 2.0            3.5, 2.6                28 x 28
/// 1 → 3         1.3, 0.9     2.5, 1.5            2.6, 1.7                28 x 28
/// 3 → 3         2.1, 1.6     5.5, 3.2            3.6, 2.4                28 x 28
/// 4 → 4         3.6, 3.3     9.6, 7.5            5.2, 3.6                28 x 28
/// 4 → 4         5.2, 5.2     14, 14              9.6, 7.6                12 x 12
/// 3 → 16        5.7, 3.7     12, 5.8             5.1, 3.3                32 x 32
/// </code>
/// Towards the image samples in lanes take 7.3 μs a sample, and places 10, of LeNet-5's second layer (6 → 16, 14 x 14 pixels, 5 x 5 filters, float32).
/// </summary>
internal static class TileRule
{
    // How much more of its lanes a vector of places may leave empty than one of channels does, in hundredths, before channels are taken:
    // they have to be transposed.
    private const int Transposition = 115;

    // Fewer vectors of samples leave threads without work.
    private const int FewestBlocks = 4;

    // Of the images of a vector of samples, what is read and what is written: half a second-level cache or so.
    private const int MostElements = 1 << 17;

    /// <summary>Forward: output channels are the rows, and four are computed if there are fewer.</summary>
    public static bool Forward(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= 3;

    /// <summary>Towards the image.</summary>
    public static bool Adjoint(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs * shape.FilterChannels >= 2;

    /// <summary>Towards the weights: two output channels are summed at once.</summary>
    public static bool Filters(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= 2;

    /// <summary>Whether forward and towards the weights channels are in the lanes of vectors, and not places.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    public static bool HasChannelsInLanes<T>(in ConvolutionShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Tile<T>.HalfColumns;
        long vectors = Positions.CountOf(shape.OutputHeight, shape.OutputWidth, SlidingProduct.ColumnsOf(shape).Length, lanes);
        long channels = (long)ChannelProduct.Strips<T>(shape.OutputChannels) * Tile<T>.Columns;
        return shape.Groups == 1 && vectors * lanes * shape.OutputChannels * 100 > channels * shape.OutputHeight * shape.OutputWidth * Transposition;
    }

    /// <summary>
    /// Whether towards the image samples may be in the lanes of vectors: there are enough of them, and the images of a vector stay in the caches.
    /// </summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="samples">How many samples.</param>
    public static bool MayHaveSamplesInLanes<T>(in ConvolutionShape shape, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => SlideSamples<T>.Blocks(samples) >= FewestBlocks && FitsCaches<T>((long)shape.InputSize + shape.OutputSize);

    /// <summary>
    /// Whether they then are, and not places. A step is the work of a weight on two vectors; to transpose an element there and back costs about one.
    /// </summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="ofPlaces">The product for places.</param>
    /// <param name="ofSamples">The product for samples.</param>
    public static bool HasSamplesInLanes<T>(in ConvolutionShape shape, int samples, SlidingProduct ofPlaces, SlidingProduct ofSamples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long moved = (long)samples * (shape.InputSize + shape.OutputSize);
        return FitsCaches<T>((long)shape.InputSize + ofSamples.Image.Length)
            && ofPlaces.Steps * samples * 100 > ((ofSamples.Steps * SlideSamples<T>.Blocks(samples)) + moved) * Transposition;
    }

    private static bool FitsCaches<T>(long elements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => elements * Tile<T>.HalfColumns <= MostElements;

    private static bool HasTerms(in ConvolutionShape shape) => shape is { InputSize: > 0, OutputSize: > 0, WeightSize: > 0 };
}
