using System.Numerics;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// Which convolutions are computed by transformed tiles, in all three ways. The rule looks at sizes alone, so that a sum's order depends on nothing else.
/// Measured on Zen 5, one thread, images padded by one pixel, times of tiles of pixels / of transformed tiles (float32 with 512 bits, float32 with 256,
/// float64 with 512, float64 with 256):
/// <code>
/// channels    pixels     forward                  towards the image        towards the weights
/// 16 → 16     32 x 32    1.0, 1.5, 1.0, 1.2       1.0, 1.4, 1.1, 1.3       1.4, 1.4, 1.4, 1.2
/// 24 → 24     16 x 16    1.1, 1.4, 1.2, 1.4       1.1, 1.4, 1.2, 1.5       1.4, 1.5, 1.5, 1.4
/// 32 → 32     16 x 16    1.5, 1.8, 1.3, 1.5       1.5, 1.7, 1.2, 1.5       1.9, 1.6, 1.5, 1.4
/// 64 → 64     8 x 8      1.8, 1.9, 1.7, 1.7       3.1, 1.9, 1.6, 1.7       1.9, 1.9, 1.9, 1.6
/// 128 → 128   4 x 4      2.0, 2.0, 2.1, 1.7       1.6, 1.6, 1.5, 1.5       2.3, 1.9, 1.8, 1.5
/// 16 → 16     7 x 7      1.4, 2.7, 1.2, 1.2       1.3, 1.7, 1.2, 1.2       1.3, 1.3, 1.2, 1.1
/// 20 → 20     16 x 16    0.9, 1.1, 1.1, 1.4       0.9, 1.2, 1.1, 1.4       1.0, 1.0, 1.1, 1.2
/// 12 → 12     16 x 16    0.8, 1.0, 0.8, 1.0       0.8, 1.0, 0.8, 1.1       0.8, 1.1, 1.0, 1.2
/// 8 → 8       32 x 32    0.4, 0.8, 0.8, 1.2       0.4, 0.8, 0.8, 1.2       0.4, 0.7, 0.8, 1.0
/// </code>
/// </summary>
internal static class WinogradRule
{
    private const int Taps = 3;

    // With fewer channels transforms take as long as products.
    private const int FewestChannels = 16;

    // What is laid and transformed is counted in 32 bits, and is several times as large.
    private const int MostElements = 1 << 26;

    // Below this the edges of an image are most of its tiles.
    private const int FewestOutputs = 4;

    /// <summary>Whether a convolution is.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    public static bool Holds<T>(in ConvolutionShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => shape is { KernelHeight: Taps, KernelWidth: Taps, HasUnitStrides: true, RowDilation: 1, ColumnDilation: 1, Groups: 1 }
            && shape is { OutputHeight: >= FewestOutputs, OutputWidth: >= FewestOutputs }
            && shape is { InputSize: <= MostElements, OutputSize: <= MostElements, WeightSize: <= MostElements }
            && HasInnerPadding(shape) && FillsVectors<T>(shape.InputChannels) && FillsVectors<T>(shape.OutputChannels);

    // Towards the image the padding is what this one leaves of 2, before it and behind it.
    private static bool HasInnerPadding(in ConvolutionShape shape)
        => shape is { Top: < Taps, Left: < Taps } && shape.OutputHeight <= shape.InputHeight + shape.Top && shape.OutputWidth <= shape.InputWidth + shape.Left;

    // At most a quarter of the lanes is empty.
    private static bool FillsVectors<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => channels >= FewestChannels && WinogradProduct.Pitch<T>(channels) * 3L <= channels * 4L;
}
