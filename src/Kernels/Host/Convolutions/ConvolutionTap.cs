namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// One element (p, q) of a kernel, laid over the image: which output columns j find a pixel under it, and which pixel the first of them finds.
/// Outputs j and pixels x(j) = j · stride + q · dilation − left padding go along together.
/// </summary>
internal readonly struct ConvolutionTap
{
    public ConvolutionTap(in ConvolutionShape shape, int q)
    {
        int shift = (q * shape.ColumnDilation) - shape.Left;
        FirstOutput = shift >= 0 ? 0 : (-shift + shape.ColumnStride - 1) / shape.ColumnStride;
        int lastPixel = shape.InputWidth - 1 - shift;
        int end = lastPixel < 0 ? 0 : Math.Min(shape.OutputWidth, (lastPixel / shape.ColumnStride) + 1);
        Count = Math.Max(0, end - FirstOutput);
        FirstPixel = (FirstOutput * shape.ColumnStride) + shift;
    }

    /// <summary>The first output column with a pixel under this element.</summary>
    public int FirstOutput { get; }

    /// <summary>How many output columns have one.</summary>
    public int Count { get; }

    /// <summary>The input column under the first of them.</summary>
    public int FirstPixel { get; }
}
