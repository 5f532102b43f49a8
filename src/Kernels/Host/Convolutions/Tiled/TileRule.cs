using System.Numerics;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// Which convolutions are computed by tiles, and by which. The rule looks at sizes alone, so that a sum's order depends on nothing else;
/// docs/performance.md has the measurements.
/// </summary>
internal static class TileRule
{
    /// <summary>Rows of a tile that have to be there to repay the others.</summary>
    private const int LeastRows = 4;

    // How much more of its lanes a vector of places may leave empty than one of channels does, in hundredths, before channels are taken:
    // they have to be transposed.
    private const int Transposition = 115;

    /// <summary>Forward: output channels are the rows.</summary>
    public static bool Forward(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= LeastRows;

    /// <summary>Towards the image: input channels are the rows.</summary>
    public static bool Adjoint(in ConvolutionShape shape) => HasTerms(shape) && shape.FilterChannels >= LeastRows;

    /// <summary>Towards the weights.</summary>
    public static bool Filters(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= LeastRows;

    /// <summary>Whether forward and towards the weights channels are in the lanes of vectors, and not places.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="places">Lanes of all vectors of places.</param>
    public static bool HasChannelsInLanes<T>(in ConvolutionShape shape, int places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long channels = (long)ChannelProduct.Strips<T>(shape.OutputChannels) * Tile<T>.Columns;
        return shape.Groups == 1 && (long)places * shape.OutputChannels * 100 > channels * shape.OutputHeight * shape.OutputWidth * Transposition;
    }

    private static bool HasTerms(in ConvolutionShape shape) => shape is { InputSize: > 0, OutputSize: > 0, WeightSize: > 0 };
}
