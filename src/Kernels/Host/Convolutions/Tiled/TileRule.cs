namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Which convolutions are computed by tiles. The rule looks at sizes alone, so that a sum's order does not depend on anything else.</summary>
internal static class TileRule
{
    /// <summary>Rows of a tile that have to be there to repay the others.</summary>
    private const int LeastRows = 4;

    /// <summary>Forward: output channels are the rows.</summary>
    public static bool Forward(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= LeastRows;

    /// <summary>Towards the image: input channels are the rows.</summary>
    public static bool Adjoint(in ConvolutionShape shape) => HasTerms(shape) && shape.FilterChannels >= LeastRows;

    /// <summary>Towards the weights.</summary>
    public static bool Filters(in ConvolutionShape shape) => HasTerms(shape) && shape.GroupOutputs >= LeastRows;

    private static bool HasTerms(in ConvolutionShape shape) => shape is { InputSize: > 0, OutputSize: > 0, WeightSize: > 0 };
}
