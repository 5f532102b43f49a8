using System.Numerics;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Tests.Contracts;
using BasinVolume.Kernels.Tests.Devices;
using ILGPU;

namespace BasinVolume.Kernels.Tests.Ilgpu;

public sealed class TiledConvolutionInSingle : TiledConvolutionTests<float>;

public sealed class TiledConvolutionInDouble : TiledConvolutionTests<double>;

/// <summary>
/// Patches have the bits of the sums that <see cref="Convolution{T}"/> and <see cref="ConvolutionWeights{T}"/> describe, here computed term by term.
/// On the simulator with the smallest patch: barriers are slow there.
/// </summary>
public abstract class TiledConvolutionTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 2;
    private const int S = 2;

    // The first one's sums cross from one stretch of terms to the next, the last one's planes are moved four at a time.
    private static readonly ConvolutionShape[] Shapes =
    [
        new(15, 3, 4, 3, 3, 3, padding: 1),
        new(4, 5, 7, 6, new Window(3, Stride: 2, Before: 0, After: 2), new Window(2, Stride: 1, Before: 1, After: 0, Dilation: 2), groups: 2),
        new(3, 6, 5, 3, new Window(2, Stride: 1, Before: 2), new Window(3, Stride: 2, After: 2), groups: 3),
        new(2, 5, 6, 3, new Window(2, Stride: 2, Dilation: 2), new Window(3, Stride: 3, Before: 1, Dilation: 2)),
        new(3, 5, 5, 2, 1, 1, stride: 2),
        new(2, 4, 4, 9, 3, 3, padding: 1),
    ];

    [Fact]
    public void Small_patches_on_a_simulator_with_groups_of_32_threads()
    {
        TestDevices.SkipUnlessMeant(TestDevices.Simulator);
        using var device = IlgpuDevice.OpenSimulator(OptimizationLevel.O2, warps: SmallPatch.Threads / 2, threads: 1);
        Check<SmallPatch>(device);
    }

    [Fact]
    public void Tall_patches_on_OpenCL() => Check<TallPatch>((IlgpuDevice)TestDevices.Get(TestDevices.Pocl));

    [Fact]
    public void Flat_patches_on_OpenCL() => Check<FlatPatch>((IlgpuDevice)TestDevices.Get(TestDevices.Pocl));

    private static void Check<TPatch>(IlgpuDevice device)
        where TPatch : struct, IPatch
    {
        var patches = new TiledConvolution<T, TPatch>(device);
        foreach (ConvolutionShape shape in Shapes)
        {
            for (int variant = 0; variant < 4; variant++)
            {
                var operands = new Operands(shape, sharedX: (variant & 1) != 0, sharedOther: (variant & 2) != 0);
                CheckForward(device, patches, operands, accumulate: variant is 0 or 3);
                CheckInputAdjoint(device, patches, operands, accumulate: variant is 0 or 3);
                CheckWeightAdjoint(device, patches, operands);
            }
        }
    }

    private static void CheckForward<TPatch>(IlgpuDevice device, TiledConvolution<T, TPatch> patches, Operands of, bool accumulate)
        where TPatch : struct, IPatch
    {
        ConvolutionShape shape = of.Shape;
        using var lab = new AlignedLab(device);
        View<T> y = lab.Put(of.Y);
        patches.Launch(ConvolutionForm<T>.Forward(
            device, V, S, shape, new(lab.Put(of.X), of.SharedX ? 0 : S * shape.InputSize), new(lab.Put(of.W), of.SharedOther ? 0 : shape.WeightSize), y,
            accumulate));
        AssertSame(y, accumulate ? of.Y : null, from v in Enumerable.Range(0, V)
                                                from s in Enumerable.Range(0, S)
                                                from o in Enumerable.Range(0, shape.OutputChannels)
                                                from i in Enumerable.Range(0, shape.OutputHeight)
                                                from j in Enumerable.Range(0, shape.OutputWidth)
                                                select Sum(from c in Enumerable.Range(0, shape.FilterChannels)
                                                           from p in Enumerable.Range(0, shape.KernelHeight)
                                                           from q in Enumerable.Range(0, shape.KernelWidth)
                                                           select of.Weight(of.SharedOther ? 0 : v, o, c, p, q)
                                                               * of.Pixel(of.SharedX ? 0 : v, s, shape.FirstChannel(o) + c, i, j, p, q)));
    }

    private static void CheckInputAdjoint<TPatch>(IlgpuDevice device, TiledConvolution<T, TPatch> patches, Operands of, bool accumulate)
        where TPatch : struct, IPatch
    {
        ConvolutionShape shape = of.Shape;
        using var lab = new AlignedLab(device);
        View<T> x = lab.Put(of.X);
        Batch<T> y = new(lab.Put(of.Y), of.SharedX ? 0 : S * shape.OutputSize), w = new(lab.Put(of.W), of.SharedOther ? 0 : shape.WeightSize);
        for (int row = 0; row < shape.RowStride; row++)
        {
            for (int column = 0; column < shape.ColumnStride; column++)
            {
                patches.Launch(ConvolutionForm<T>.InputAdjoint(
                    device, V, S, shape, y, w, x,
                    Taps.Of(row, shape.InputHeight, shape.KernelHeight, shape.RowStride, shape.RowDilation, shape.Top),
                    Taps.Of(column, shape.InputWidth, shape.KernelWidth, shape.ColumnStride, shape.ColumnDilation, shape.Left), accumulate));
            }
        }

        AssertSame(x, accumulate ? of.X : null, from v in Enumerable.Range(0, V)
                                                from s in Enumerable.Range(0, S)
                                                from c in Enumerable.Range(0, shape.InputChannels)
                                                from row in Enumerable.Range(0, shape.InputHeight)
                                                from column in Enumerable.Range(0, shape.InputWidth)
                                                select Sum(from o in Enumerable.Range(c / shape.FilterChannels * shape.GroupOutputs, shape.GroupOutputs)
                                                           from p in Enumerable.Range(0, shape.KernelHeight)
                                                           from q in Enumerable.Range(0, shape.KernelWidth)
                                                           let up = row + shape.Top - (p * shape.RowDilation)
                                                           let left = column + shape.Left - (q * shape.ColumnDilation)
                                                           where up % shape.RowStride == 0 && left % shape.ColumnStride == 0
                                                           select of.Weight(of.SharedOther ? 0 : v, o, c % shape.FilterChannels, p, q)
                                                               * of.Output(of.SharedX ? 0 : v, s, o, up, left)));
    }

    // In two splits, where there are rows enough.
    private static void CheckWeightAdjoint<TPatch>(IlgpuDevice device, TiledConvolution<T, TPatch> patches, Operands of)
        where TPatch : struct, IPatch
    {
        ConvolutionShape shape = of.Shape;
        int rows = S * shape.OutputHeight, perSplit = (rows + 1) / 2, splits = (rows + perSplit - 1) / perSplit;
        using var lab = new AlignedLab(device);
        View<T> sums = lab.Put(new T[V * splits * shape.WeightSize]);
        patches.Launch(ConvolutionForm<T>.WeightAdjoint(
            device, V, S, shape, new(lab.Put(of.X), of.SharedX ? 0 : S * shape.InputSize), new(lab.Put(of.Y), of.SharedOther ? 0 : S * shape.OutputSize),
            device.Take(sums, sums.Length), splits, perSplit * shape.OutputWidth));
        AssertSame(sums, null, from v in Enumerable.Range(0, V)
                               from split in Enumerable.Range(0, splits)
                               from o in Enumerable.Range(0, shape.OutputChannels)
                               from c in Enumerable.Range(0, shape.FilterChannels)
                               from p in Enumerable.Range(0, shape.KernelHeight)
                               from q in Enumerable.Range(0, shape.KernelWidth)
                               select Sum(from r in Enumerable.Range(split * perSplit, int.Min(perSplit, rows - (split * perSplit)))
                                          from j in Enumerable.Range(0, shape.OutputWidth)
                                          let s = r / shape.OutputHeight
                                          let i = r % shape.OutputHeight
                                          select of.Output(of.SharedOther ? 0 : v, s, o, i * shape.RowStride, j * shape.ColumnStride)
                                              * of.Pixel(of.SharedX ? 0 : v, s, shape.FirstChannel(o) + c, i, j, p, q)));
    }

    private static T Sum(IEnumerable<T> terms)
        => terms.Chunk(MatrixProduct<T>.Stretch).Select(stretch => stretch.Aggregate(T.Zero, (sum, term) => sum + term))
            .Aggregate(T.Zero, (total, stretch) => total + stretch);

    private static void AssertSame(View<T> actual, T[]? before, IEnumerable<T> sums)
    {
        T[] read = new T[actual.Length], expected = [.. sums];
        actual.Read(read);
        TestDevices.Failures.AssertNone();
        Assert.Equal(before is null ? expected : before.Zip(expected, (had, sum) => had + sum), read);
    }

    internal readonly struct SmallPatch : IPatch
    {
        public static int Rows => 16;

        public static int Columns => 64;

        public static int Threads => 32;
    }

    private sealed class Operands(ConvolutionShape shape, bool sharedX, bool sharedOther)
    {
        public ConvolutionShape Shape => shape;

        public bool SharedX => sharedX;

        public bool SharedOther => sharedOther;

        public T[] X { get; } = Numbers.Random<T>(1, V * S * shape.InputSize);

        public T[] W { get; } = Numbers.Random<T>(2, V * shape.WeightSize);

        public T[] Y { get; } = Numbers.Random<T>(3, V * S * shape.OutputSize);

        public T Weight(int v, int o, int c, int p, int q)
            => W[(v * shape.WeightSize) + (((((o * shape.FilterChannels) + c) * shape.KernelHeight) + p) * shape.KernelWidth) + q];

        // The pixel under element (p, q) of the kernel at output (i, j).
        public T Pixel(int v, int s, int channel, int i, int j, int p, int q)
        {
            int row = (i * shape.RowStride) + (p * shape.RowDilation) - shape.Top, column = (j * shape.ColumnStride) + (q * shape.ColumnDilation) - shape.Left;
            return row >= 0 && row < shape.InputHeight && column >= 0 && column < shape.InputWidth
                ? X[(((((((v * S) + s) * shape.InputChannels) + channel) * shape.InputHeight) + row) * shape.InputWidth) + column]
                : T.Zero;
        }

        // The output at rows and columns that are counted in pixels.
        public T Output(int v, int s, int o, int row, int column)
        {
            int i = row / shape.RowStride, j = column / shape.ColumnStride;
            return row >= 0 && i < shape.OutputHeight && column >= 0 && j < shape.OutputWidth
                ? Y[(((((((v * S) + s) * shape.OutputChannels) + o) * shape.OutputHeight) + i) * shape.OutputWidth) + j]
                : T.Zero;
        }
    }

    // Operands at the beginning of buffers, where they are aligned.
    private sealed class AlignedLab(IlgpuDevice device) : IDisposable
    {
        private readonly List<DeviceBuffer<T>> _buffers = [];

        public View<T> Put(T[] values)
        {
            DeviceBuffer<T> buffer = device.Allocate<T>(values.Length);
            _buffers.Add(buffer);
            buffer.View.Write(values);
            return buffer.View;
        }

        public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());
    }
}
