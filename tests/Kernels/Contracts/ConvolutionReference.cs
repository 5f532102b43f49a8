namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>What a convolution and its transposes sum, written out from the contract.</summary>
internal static class ConvolutionReference
{
    /// <summary>Every product w·x that some y contains, by the contract's formula; indices inside one entry.</summary>
    public static IEnumerable<Term> Terms(ConvolutionShape shape, int entries, int samples)
    {
        Meeting[] meetings = [.. Meetings(shape)];
        int image = shape.InputHeight * shape.InputWidth, filter = shape.KernelHeight * shape.KernelWidth, map = shape.OutputHeight * shape.OutputWidth;
        int outputs = shape.OutputChannels / shape.Groups, inputs = shape.InputChannels / shape.Groups;
        for (int v = 0; v < entries; v++)
        {
            // A channel of outputs of one sample, and a channel of the filter that makes it.
            for (int k = 0; k < samples * shape.OutputChannels * shape.FilterChannels; k++)
            {
                int c = k % shape.FilterChannels, o = k / shape.FilterChannels % shape.OutputChannels, s = k / shape.FilterChannels / shape.OutputChannels;
                int channel = (s * shape.InputChannels) + (o / outputs * inputs) + c;
                foreach (Meeting at in meetings)
                {
                    yield return new(
                        v, (channel * image) + at.Pixel, (((o * inputs) + c) * filter) + at.Weight, (((s * shape.OutputChannels) + o) * map) + at.Output);
                }
            }
        }
    }

    // Where an element of the kernel meets a pixel of the image for one element of the output, in one channel of each.
    private static IEnumerable<Meeting> Meetings(ConvolutionShape shape)
        => from i in Enumerable.Range(0, shape.OutputHeight)
           from j in Enumerable.Range(0, shape.OutputWidth)
           from p in Enumerable.Range(0, shape.KernelHeight)
           from q in Enumerable.Range(0, shape.KernelWidth)
           let row = (i * shape.RowStride) + (p * shape.RowDilation) - shape.Top
           let column = (j * shape.ColumnStride) + (q * shape.ColumnDilation) - shape.Left
           where row >= 0 && row < shape.InputHeight && column >= 0 && column < shape.InputWidth
           select new Meeting((row * shape.InputWidth) + column, (p * shape.KernelWidth) + q, (i * shape.OutputWidth) + j);

    private readonly record struct Meeting(int Pixel, int Weight, int Output);

    public readonly record struct Term(int Entry, int Input, int Weight, int Output);
}
