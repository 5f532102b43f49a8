using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>Convolution and pooling of one sample by plain loops.</summary>
internal static class Images
{
    /// <summary>The cross-correlation, without bias.</summary>
    public static double[] Convolve(ConvolutionShape shape, double[] image, double[] weights)
    {
        var output = new double[shape.OutputSize];
        for (int o = 0, at = 0; o < shape.OutputChannels; o++)
        {
            for (int i = 0; i < shape.OutputHeight; i++)
            {
                for (int j = 0; j < shape.OutputWidth; j++, at++)
                {
                    for (int c = 0; c < shape.InputChannels / shape.Groups; c++)
                        output[at] += Window(shape, image, weights, (o, i, j, c));
                }
            }
        }

        return output;
    }

    /// <summary>What <paramref name="reduce"/> makes of the pixels of each window, and of how many the window has with those of the padding.</summary>
    public static double[] Pool(PoolingShape shape, double[] image, Func<List<double>, int, double> reduce)
    {
        var output = new List<double>();
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int i = 0; i < shape.OutputHeight; i++)
            {
                for (int j = 0; j < shape.OutputWidth; j++)
                    output.Add(reduce(Pixels(shape, image, (c, i, j)), shape.Rows.Size * shape.Columns.Size));
            }
        }

        return [.. output];
    }

    private static double Window(ConvolutionShape shape, double[] image, double[] weights, (int O, int I, int J, int C) at)
    {
        double sum = 0;
        int seen = shape.InputChannels / shape.Groups, channel = (at.O / (shape.OutputChannels / shape.Groups) * seen) + at.C;
        for (int p = 0; p < shape.KernelHeight; p++)
        {
            for (int q = 0; q < shape.KernelWidth; q++)
            {
                int y = (at.I * shape.RowStride) + (p * shape.RowDilation) - shape.Top;
                int x = (at.J * shape.ColumnStride) + (q * shape.ColumnDilation) - shape.Left;
                if (y >= 0 && y < shape.InputHeight && x >= 0 && x < shape.InputWidth)
                    sum += weights[(((((at.O * seen) + at.C) * shape.KernelHeight) + p) * shape.KernelWidth) + q]
                        * image[(((channel * shape.InputHeight) + y) * shape.InputWidth) + x];
            }
        }

        return sum;
    }

    private static List<double> Pixels(PoolingShape shape, double[] image, (int C, int I, int J) at)
    {
        var pixels = new List<double>();
        foreach (int y in Places(shape.Rows, at.I))
        {
            foreach (int x in Places(shape.Columns, at.J))
            {
                if (y >= 0 && y < shape.InputHeight && x >= 0 && x < shape.InputWidth)
                    pixels.Add(image[(((at.C * shape.InputHeight) + y) * shape.InputWidth) + x]);
            }
        }

        return pixels;
    }

    private static IEnumerable<int> Places(Window window, int o)
        => Enumerable.Range(0, window.Size).Select(p => (o * window.Stride) - window.Before + (p * window.Dilation));
}
