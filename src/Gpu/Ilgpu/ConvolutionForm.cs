using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A convolution and its transposes as products, each group of channels one of its own. Pixels of all samples are numbered through.
/// <code>
///                    rows               columns              terms
/// forward            output channels    output pixels        channels × kernel
/// transposed in x    input channels     input pixels         output channels × what of the kernel meets the pixel
/// in w               output channels    filter elements      samples × output pixels
/// </code>
/// Where all entries share the factor with the rows, their columns are numbered through, and where they share the other one, their rows are:
/// so patches are filled by all directions together. Entries with operands of their own are batches.
/// </summary>
internal static class ConvolutionForm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = w ∗ x.</summary>
    public static ConvolutionArguments<T> Forward(
        IlgpuDevice device, int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        var shared = Spread.Of(entries, w.Stride, x.Stride);
        int plane = shape.OutputHeight * shape.OutputWidth, size = samples * shape.OutputSize;
        ImageEdge<T> left = Weights(device, entries, shape, w), right = Image(device, entries, samples, shape, x);
        left.Lines.Count = shared.RowEntries * shape.GroupOutputs;
        left.Lines.ItemsPerEntry = shape.GroupOutputs;
        left.Lines.ItemStride = shape.FilterSize;
        left.TermStride = shape.KernelHeight * shape.KernelWidth;
        left.TermRowStep = left.TermColumnStep = 1;
        left.AlongTerms = 1;
        right.Lines.Count = shared.ColumnEntries * samples * plane;
        right.Lines.ItemsPerEntry = samples;
        right.Lines.ItemStride = shape.InputSize;
        (right.Lines.Rows, right.Lines.Columns) = (shape.OutputHeight, shape.OutputWidth);
        (right.Lines.RowStep, right.Lines.ColumnStep) = (shape.RowStride, shape.ColumnStride);
        right.TermStride = shape.InputHeight * shape.InputWidth;
        (right.TermRowStep, right.TermColumnStep) = (shape.RowDilation, shape.ColumnDilation);
        return new()
        {
            Left = left,
            Right = right,
            Target = new ImageStore<T>
            {
                Elements = device.Take(y, (long)entries * size),
                Rows = left.Lines.Count,
                RowsPerEntry = shape.GroupOutputs,
                EntryStride = size,
                RowStride = plane,
                Columns = right.Lines.Count,
                ImageRows = shape.OutputHeight,
                ImageColumns = shape.OutputWidth,
                ImageStride = shape.OutputSize,
                ImageRowStride = shape.OutputWidth,
                PixelStride = 1,
                BatchStride = size,
                GroupStride = shape.GroupOutputs * plane,
                Accumulate = accumulate ? 1 : 0,
            }.Aligned(y.Offset),
            Counter = TermCounter.Of(shape.KernelHeight, shape.KernelWidth, TileEdge<T>.Depth),
            Terms = shape.FilterSize,
            Groups = shape.Groups,
            Batches = shared.Batches,
            Splits = 1,
            PerSplit = shape.FilterSize,
        };
    }

    /// <summary>
    /// The transpose in x, for pixels that lie alike between strides: rows and columns of the image from a first one on, a stride apart.
    /// The same elements of the kernel meet all of them.
    /// </summary>
    public static ConvolutionArguments<T> InputAdjoint(
        IlgpuDevice device,
        int entries,
        int samples,
        in ConvolutionShape shape,
        Batch<T> yAdjoint,
        Batch<T> w,
        View<T> xAdjoint,
        Taps rows,
        Taps columns,
        bool accumulate)
    {
        var shared = Spread.Of(entries, w.Stride, yAdjoint.Stride);
        int plane = shape.InputHeight * shape.InputWidth, size = samples * shape.InputSize, terms = shape.GroupOutputs * rows.Count * columns.Count;
        ImageEdge<T> left = Weights(device, entries, shape, w), right = Output(device, entries, samples, shape, yAdjoint);
        left.Lines.Count = shared.RowEntries * shape.FilterChannels;
        left.Lines.ItemsPerEntry = shape.FilterChannels;
        left.Lines.ItemStride = shape.KernelHeight * shape.KernelWidth;
        (left.Lines.Top, left.Lines.Left) = (rows.First, columns.First);
        left.TermStride = shape.FilterSize;
        (left.TermRowStep, left.TermColumnStep) = (rows.Step, columns.Step);
        right.Lines.Count = shared.ColumnEntries * samples * rows.Pixels * columns.Pixels;
        right.Lines.ItemsPerEntry = samples;
        right.Lines.ItemStride = shape.OutputSize;
        (right.Lines.Rows, right.Lines.Columns) = (rows.Pixels, columns.Pixels);
        right.Lines.RowStep = right.Lines.ColumnStep = 1;
        (right.Lines.Top, right.Lines.Left) = (rows.Shift, columns.Shift);
        right.TermStride = shape.OutputHeight * shape.OutputWidth;
        (right.TermRowStep, right.TermColumnStep) = (rows.Move, columns.Move);
        return new()
        {
            Left = left,
            Right = right,
            Target = new ImageStore<T>
            {
                Elements = device.Take(xAdjoint, (long)entries * size),
                Rows = left.Lines.Count,
                RowsPerEntry = shape.FilterChannels,
                EntryStride = size,
                RowStride = plane,
                Columns = right.Lines.Count,
                ImageRows = rows.Pixels,
                ImageColumns = columns.Pixels,
                ImageStride = shape.InputSize,
                ImageRowStride = shape.RowStride * shape.InputWidth,
                PixelStride = shape.ColumnStride,
                First = (rows.Residue * shape.InputWidth) + columns.Residue,
                BatchStride = size,
                GroupStride = shape.FilterChannels * plane,
                Accumulate = accumulate ? 1 : 0,
            }.Aligned(xAdjoint.Offset),
            Counter = TermCounter.Of(rows.Count, columns.Count, TileEdge<T>.Depth),
            Terms = terms,
            Groups = shape.Groups,
            Batches = shared.Batches,
            Splits = 1,
            PerSplit = terms,
        };
    }

    /// <summary>The transpose in w, each split of the terms to sums of its own: [entry, split, weight].</summary>
    public static ConvolutionArguments<T> WeightAdjoint(
        IlgpuDevice device, int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, ArrayView<T> sums, int splits, int perSplit)
    {
        var shared = Spread.Of(entries, yAdjoint.Stride, x.Stride);
        int plane = shape.OutputHeight * shape.OutputWidth, size = splits * shape.WeightSize;
        ImageEdge<T> left = Output(device, entries, samples, shape, yAdjoint), right = Image(device, entries, samples, shape, x);
        left.Lines.Count = shared.RowEntries * shape.GroupOutputs;
        left.Lines.ItemsPerEntry = shape.GroupOutputs;
        left.Lines.ItemStride = plane;
        left.TermStride = shape.OutputSize;
        left.TermRowStep = left.TermColumnStep = 1;
        left.AlongTerms = 1;
        right.Lines.Count = shared.ColumnEntries * shape.FilterSize;
        right.Lines.ItemsPerEntry = shape.FilterChannels;
        right.Lines.ItemStride = shape.InputHeight * shape.InputWidth;
        (right.Lines.Rows, right.Lines.Columns) = (shape.KernelHeight, shape.KernelWidth);
        (right.Lines.RowStep, right.Lines.ColumnStep) = (shape.RowDilation, shape.ColumnDilation);
        right.TermStride = shape.InputSize;
        (right.TermRowStep, right.TermColumnStep) = (shape.RowStride, shape.ColumnStride);
        right.AlongTerms = 1;
        return new()
        {
            Left = left,
            Right = right,
            Target = new ImageStore<T>
            {
                Elements = sums,
                Rows = left.Lines.Count,
                RowsPerEntry = shape.GroupOutputs,
                EntryStride = size,
                RowStride = shape.FilterSize,
                Columns = right.Lines.Count,
                ImageRows = 1,
                ImageColumns = shape.FilterSize,
                ImageStride = size,
                ImageRowStride = shape.FilterSize,
                PixelStride = 1,
                BatchStride = size,
                GroupStride = shape.GroupOutputs * shape.FilterSize,
                SplitStride = shape.WeightSize,
            }.Aligned(0),
            Counter = TermCounter.Of(shape.OutputHeight, shape.OutputWidth, TileEdge<T>.Depth),
            Terms = samples * plane,
            Groups = shape.Groups,
            Batches = shared.Batches,
            Splits = splits,
            PerSplit = perSplit,
        };
    }

    // Kernels as images of weights, one for each pair of channels.
    private static ImageEdge<T> Weights(IlgpuDevice device, int entries, in ConvolutionShape shape, Batch<T> w) => new()
    {
        Elements = device.Take(w, entries, shape.WeightSize),
        Height = shape.KernelHeight,
        Width = shape.KernelWidth,
        Lines = new() { Rows = 1, Columns = 1, EntryStride = w.Stride, BatchStride = w.Stride, GroupStride = shape.GroupOutputs * shape.FilterSize },
    };

    // Input images: what lies over them begins before their first row by the padding.
    private static ImageEdge<T> Image(IlgpuDevice device, int entries, int samples, in ConvolutionShape shape, Batch<T> x) => new()
    {
        Elements = device.Take(x, entries, (long)samples * shape.InputSize),
        Height = shape.InputHeight,
        Width = shape.InputWidth,
        Lines = new()
        {
            EntryStride = x.Stride,
            BatchStride = x.Stride,
            GroupStride = shape.FilterChannels * shape.InputHeight * shape.InputWidth,
            Top = -shape.Top,
            Left = -shape.Left,
        },
    };

    private static ImageEdge<T> Output(IlgpuDevice device, int entries, int samples, in ConvolutionShape shape, Batch<T> y) => new()
    {
        Elements = device.Take(y, entries, (long)samples * shape.OutputSize),
        Height = shape.OutputHeight,
        Width = shape.OutputWidth,
        Lines = new()
        {
            Rows = 1,
            Columns = 1,
            EntryStride = y.Stride,
            BatchStride = y.Stride,
            GroupStride = shape.GroupOutputs * shape.OutputHeight * shape.OutputWidth,
        },
    };

    // Entries that are batches, and those whose rows or columns are numbered through.
    private readonly record struct Spread(int Batches, int RowEntries, int ColumnEntries)
    {
        public static Spread Of(int entries, int leftStride, int rightStride)
        {
            if (leftStride == 0 || entries == 1)
                return new(1, 1, entries);
            return rightStride == 0 ? new(1, entries, 1) : new(entries, 1, 1);
        }
    }
}
