using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class ConvolutionInSingle : ConvolutionTests<float>;

public sealed class ConvolutionInDouble : ConvolutionTests<double>;

/// <summary>The convolution and its two transposes, all against the one formula of the contract.</summary>
public abstract class ConvolutionTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 2;
    private const int S = 3;

    private static readonly ConvolutionShape Fixed = new(2, 5, 6, 3, 3, 2, stride: 2, padding: 1, dilation: 1);

    private static readonly Gen<(ConvolutionShape Shape, int Sharing, bool Accumulate)> Cases = Gen.Select(
        Gen.Int[1, 3], Gen.Int[4, 7], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Bool,
        (channels, size, outputs, kernel, stride, dilation, flags, accumulate) =>
            (new ConvolutionShape(channels, size, size + 1, outputs, kernel, 1 + (kernel % 3), stride, flags / 2 + (kernel / 3), dilation), flags, accumulate));

    // Kernels, strides, paddings and dilations of their own on each side, and groups; among them the slow and the fast paths of each kernel.
    private static readonly ConvolutionShape[] Uneven =
    [
        new(4, 5, 7, 6, new Window(3, Stride: 2, Before: 0, After: 2), new Window(2, Stride: 1, Before: 1, After: 0, Dilation: 2), groups: 2),
        new(3, 6, 5, 3, new Window(2, Stride: 1, Before: 2), new Window(3, Stride: 2, After: 2), groups: 3),
        new(2, 9, 31, 4, new Window(3, Before: 1, Dilation: 2), new Window(5, Before: 3, After: 1), groups: 2),
        new(3, 8, 26, 6, new Window(3).Padded(1), new Window(3).Padded(1), groups: 3),
        new(2, 3, 27, 1, new Window(1), new Window(7, Before: 5, After: 2)),
        new(1, 8, 25, 2, new Window(3, Stride: 2, After: 1), new Window(3)),
        new(1, 4, 3, 2, new Window(2, Stride: 3) { Ceil = true }, new Window(2, Stride: 2) { Ceil = true }),
    ];

    // Channels enough for tiles, with strips that are full and not, rows of outputs below, at and above the widths of vectors, phases with and without an
    // element of the kernel, padding on one side, rows of the image that no window reaches, and groups.
    private static readonly ConvolutionShape[] ManyChannels =
    [
        new(5, 6, 7, 7, 3, 3, padding: 1),
        new(4, 9, 11, 6, 3, 3, stride: 2, padding: 1),
        new(8, 4, 17, 4, 1, 1),
        new(4, 7, 7, 8, 1, 1, stride: 2),
        new(6, 5, 12, 13, new Window(2, Before: 1), new Window(3, Stride: 3, After: 2)),
        new(4, 10, 9, 10, new Window(3, Stride: 2, Before: 1, Dilation: 2), new Window(2, Stride: 1, After: 3, Dilation: 3)),
        new(8, 5, 5, 10, new Window(3, Before: 2, After: 2), new Window(5, Before: 3, After: 1), groups: 2),
        new(4, 8, 3, 5, new Window(3, Stride: 4, Before: 2), new Window(2, Stride: 2)),
    ];

    // Filters of 3 x 3 whose tiles are transformed: even and odd sizes, padding of each kind, strips that are full and not, and images of several blocks.
    private static readonly ConvolutionShape[] Transformed =
    [
        new(16, 6, 8, 32, 3, 3),
        new(24, 5, 7, 16, 3, 3, padding: 1),
        new(16, 4, 9, 48, new Window(3, Before: 2), new Window(3, Before: 1)),
        new(32, 9, 6, 16, new Window(3, After: 1), new Window(3, Before: 0, After: 2)),
        new(16, 19, 20, 16, 3, 3, padding: 1),
        new(64, 4, 4, 31, 3, 3, padding: 2),
    ];

    private static readonly Gen<ConvolutionShape> RandomOfManyChannels = Gen.Select(
        Gen.Int[3, 9], Gen.Int[3, 20], Gen.Int[3, 14], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 2],
        (channels, width, outputs, kernel, stride, dilation, before, after) => new ConvolutionShape(
            channels, 7, width, outputs, new Window(kernel, stride, before, after, dilation), new Window(3, (stride % 3) + 1, after, before + 3)));

    // Channels enough for kernels that multiply matrices, forward and in the image; the first one's weights are enough for it too. Sums of more than a stretch,
    // images and channels that fill no tile, strides and dilations that leave pixels without a term, groups, and kernels of one element.
    private static readonly ConvolutionShape[] Deep =
    [
        new(16, 7, 9, 16, 3, 3, padding: 1),
        new(20, 9, 8, 52, 3, 3),
        new(32, 9, 24, 32, new Window(3, Stride: 2, After: 2), new Window(2, Stride: 2, Before: 1, Dilation: 2), groups: 2),
        new(16, 11, 10, 24, new Window(4, Stride: 3, Before: 2), new Window(3, Before: 1, After: 3, Dilation: 3)),
        new(32, 8, 8, 32, 1, 1),
        new(32, 15, 16, 32, 1, 1, stride: 2),
    ];

    [Theory]
    [MemberData(nameof(Devices))]
    public void Many_channels_agree_with_the_reference(string device)
    {
        Device opened = TestDevices.Get(device);
        for (int i = 0; i < Deep.Length; i++)
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
            {
                Check(opened, Deep[i], i % 2, accumulate: false, kernel);
                Check(opened, Deep[i], 3 - (i % 2), accumulate: true, kernel);
            }
        }
    }

    [Fact]
    public void Kernels_of_many_channels_agree_with_the_reference_on_the_processor()
    {
        Device processor = TestDevices.Get(TestDevices.Cpu);
        foreach (ConvolutionShape shape in ManyChannels)
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
            {
                Check(processor, shape, 1, accumulate: true, kernel);
                Check(processor, shape, 2, accumulate: false, kernel);
            }
        }
    }

    [Fact]
    public void Transformed_tiles_agree_with_the_reference_on_the_processor()
    {
        Device processor = TestDevices.Get(TestDevices.Cpu);
        for (int i = 0; i < 2 * Transformed.Length; i++)
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
                Check(processor, Transformed[i / 2], (i / 2 + i) % 4, accumulate: i % 2 == 0, kernel);
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Two_at_once_agree_with_the_reference(string device)
    {
        CheckTwo(TestDevices.Get(device), new(2, 5, 6, 3, 3, 3));
        CheckTwo(TestDevices.Get(device), new(16, 5, 6, 24, 3, 3, padding: 1));
    }

    [Fact]
    public void Random_kernels_of_many_channels_agree_with_the_reference_on_the_processor()
    {
        Device processor = TestDevices.Get(TestDevices.Cpu);
        RandomOfManyChannels.Sample(
            shape =>
            {
                for (int sharing = 0; sharing < 4; sharing++)
                {
                    foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
                        Check(processor, shape, sharing, accumulate: sharing % 2 == 0, kernel);
                }
            }, seed: "0N0XIzNsQ0O2", iter: 60, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Uneven_and_grouped_kernels_agree_with_the_reference(string device)
    {
        Device opened = TestDevices.Get(device);
        foreach (ConvolutionShape shape in Uneven)
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
            {
                Check(opened, shape, 3, accumulate: true, kernel);
                Check(opened, shape, 0, accumulate: false, kernel);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Random_shapes_agree_with_the_reference_forward(string device) => Sample(device, ConvolutionKernel.Forward);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Random_shapes_agree_with_the_reference_transposed_in_the_image(string device) => Sample(device, ConvolutionKernel.Input);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Random_shapes_agree_with_the_reference_transposed_in_the_weights(string device) => Sample(device, ConvolutionKernel.Weights);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Images_wider_than_vectors_agree_with_the_reference(string device)
    {
        // Rows of 19 and 22 outputs are no multiple of any vector; 5 elements of a kernel row are 3 and 2, and padding and dilation leave outputs without a
        // pixel.
        ConvolutionShape[] shapes =
            [new(1, 3, 21, 1, 3, 3), new(1, 4, 24, 2, 2, 5, padding: 1, dilation: 1), new(2, 3, 20, 1, 3, 3, padding: 2, dilation: 2)];
        foreach (ConvolutionShape shape in shapes)
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
                Check(TestDevices.Get(device), shape, 3, accumulate: true, kernel);
        }
    }

    // Four rows at once forward, nine elements of the kernel at once for its weights, with rows and columns at the edges that not all of them reach, down to
    // images where no row has pixels under all.
    [Fact]
    public void Kernels_of_several_rows_on_wide_images_agree_with_the_reference_on_the_processor()
    {
        foreach (ConvolutionShape shape in (ConvolutionShape[])[
            new(1, 7, 26, 2, 3, 3), new(2, 6, 41, 1, 3, 3, padding: 1), new(1, 9, 29, 2, 5, 5, padding: 2), new(1, 8, 37, 1, 4, 7, padding: 1), new(
                1, 9, 24, 1, 3, 3, padding: 2, dilation: 2),
            new(1, 1, 20, 1, 3, 3, padding: 2), new(1, 7, 6, 2, 3, 3, padding: 1), new(1, 3, 12, 1, 7, 3, padding: 2)])
        {
            foreach (ConvolutionKernel kernel in Enum.GetValues<ConvolutionKernel>())
            {
                Check(TestDevices.Get(TestDevices.Cpu), shape, 3, accumulate: false, kernel);
                Check(TestDevices.Get(TestDevices.Cpu), shape, 3, accumulate: true, kernel);
            }
        }
    }

    // An infinity under a column that vectors meet twice counts once.
    [Fact]
    public void An_infinite_pixel_stays_infinite_in_the_weights_on_the_processor()
    {
        foreach (int width in Enumerable.Range(4, 40))
        {
            var shape = new ConvolutionShape(1, 5, width, 1, 3, 3);
            using var lab = new Lab<T>(TestDevices.Cpu);
            var x = new T[shape.InputSize];
            var y = new T[shape.OutputSize];
            Array.Fill(x, T.One);
            Array.Fill(y, T.One);
            x[(2 * width) + 2] = T.PositiveInfinity;
            View<T> w = lab.Blank(shape.WeightSize);
            lab.Kernels.ConvolveWeightAdjoint(
                1, 1, shape, Batch<T>.Shared(lab.Put(x)), Batch<T>.Shared(lab.Put(y)), new(w, shape.WeightSize), accumulate: false);
            Assert.DoesNotContain(lab.Read(w), T.IsNaN);
            Assert.Equal(T.PositiveInfinity, lab.Read(w)[8]);
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Samples_in_several_groups_agree_with_the_reference(string device)
    {
        // On GPUs groups of 16 samples (of 16 output pixels), on the processor blocks of 64, the last of them short.
        CheckWeights(device, 131, new(1, 5, 5, 2, 2, 2));
        // Patches sum groups of at least 1,024 output pixels.
        CheckWeights(device, 131, new(16, 4, 4, 16, 3, 3, padding: 1));
    }

    // Blocks of 8 samples up to 256, and of so many that there are 32 above that.
    [Fact]
    public void Samples_in_many_blocks_agree_with_the_reference_on_the_processor()
    {
        CheckWeights(TestDevices.Cpu, 131, new(2, 4, 4, 5, 2, 2));
        CheckWeights(TestDevices.Cpu, 263, new(2, 4, 4, 5, 2, 2));
    }

    private static void CheckWeights(string device, int samples, ConvolutionShape shape)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, samples * shape.InputSize), y = Numbers.Random<T>(2, samples * shape.OutputSize);
        View<T> w = lab.Blank(shape.WeightSize);
        lab.Kernels.ConvolveWeightAdjoint(
            1, samples, shape, Batch<T>.Shared(lab.Put(x)), Batch<T>.Shared(lab.Put(y)), new(w, shape.WeightSize), accumulate: false);

        var expected = new Expected[shape.WeightSize];
        foreach (ConvolutionReference.Term term in ConvolutionReference.Terms(shape, 1, samples))
            expected[term.Weight].Add(Numbers.Double(x[term.Input]) * Numbers.Double(y[term.Output]));
        Expected.AssertNear(expected, lab.Read(w));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void No_samples_give_a_weight_adjoint_of_zero(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> w = lab.Blank(Fixed.WeightSize);
        lab.Kernels.ConvolveWeightAdjoint(1, 0, Fixed, default, default, new(w, 0), accumulate: false);
        lab.Kernels.Convolve(1, 0, Fixed, default, new(w, 0), default, accumulate: false);
        lab.Kernels.ConvolveInputAdjoint(0, 1, Fixed, default, default, default, accumulate: false);
        var transformed = new ConvolutionShape(16, 4, 4, 16, 3, 3, padding: 1);
        lab.Kernels.ConvolveTwo(0, 1, transformed, default, default, default);
        lab.Kernels.ConvolveTwoInputAdjoints(0, 1, transformed, default, default, default, accumulate: true);
        Assert.All(lab.Read(w), value => Assert.Equal(T.Zero, value));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        int input = S * Fixed.InputSize, output = S * Fixed.OutputSize, weights = Fixed.WeightSize;
        Batch<T> x = new(lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * input), input, first, count)), input);
        Batch<T> w = new(lab.Put(Entries(Numbers.Random<T>(2, BatchEntries * weights), weights, first, count)), weights);
        View<T> y = lab.Blank(count * output), xAdjoint = lab.Blank(count * input), wAdjoint = lab.Blank(count * weights);
        lab.Kernels.Convolve(count, S, Fixed, x, w, y, accumulate: false);
        lab.Kernels.ConvolveInputAdjoint(count, S, Fixed, new(y, output), w, xAdjoint, accumulate: false);
        lab.Kernels.ConvolveWeightAdjoint(count, S, Fixed, x, new(y, output), new(wAdjoint, weights), accumulate: false);
        return [.. Interleave(count, lab.Read(y), lab.Read(xAdjoint), lab.Read(wAdjoint))];
    }

    private enum ConvolutionKernel
    {
        Forward,
        Input,
        Weights,
    }

    private static IEnumerable<T> Interleave(int entries, params T[][] results)
        => Enumerable.Range(0, entries).SelectMany(v => results.SelectMany(result => Entries(result, result.Length / entries, v, 1)));

    // The device is opened before the sample, inside which a skip would be a failure.
    private static void Sample(string name, ConvolutionKernel kernel)
    {
        Device device = TestDevices.Get(name);
        Cases.Sample(c => Check(device, c.Shape, c.Sharing, c.Accumulate, kernel), seed: "0N0XIzNsQ0O2", iter: 12, threads: 1);
    }

    private static void Check(Device device, ConvolutionShape shape, int sharing, bool accumulate, ConvolutionKernel kernel)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, V * S * shape.InputSize), w = Numbers.Random<T>(2, V * shape.WeightSize), y = Numbers.Random<T>(
            3, V * S * shape.OutputSize);
        int input = S * shape.InputSize, output = S * shape.OutputSize, weights = shape.WeightSize;
        T[] target = kernel == ConvolutionKernel.Forward ? y : kernel == ConvolutionKernel.Input ? x : w;
        View<T> result = accumulate ? lab.Put(target) : lab.Blank(target.Length);

        // The lowest bits of "sharing" say which of the two operands all entries share.
        int firstShared = sharing & 1, secondShared = sharing >> 1;
        Batch<T> xs = new(lab.Put(x), firstShared == 1 ? 0 : input);
        Batch<T> ws = new(lab.Put(w), secondShared == 1 ? 0 : weights);
        Batch<T> ys = new(lab.Put(y), (kernel == ConvolutionKernel.Input ? firstShared : secondShared) == 1 ? 0 : output);
        switch (kernel)
        {
            case ConvolutionKernel.Forward:
                lab.Kernels.Convolve(V, S, shape, xs, ws, result, accumulate);
                break;
            case ConvolutionKernel.Input:
                lab.Kernels.ConvolveInputAdjoint(V, S, shape, ys, ws, result, accumulate);
                break;
            default:
                lab.Kernels.ConvolveWeightAdjoint(V, S, shape, xs, ys, new(result, weights), accumulate);
                break;
        }

        var expected = new Expected[target.Length];
        if (accumulate)
            expected = [.. target.Select(value => Expected.Of(Numbers.Double(value)))];
        foreach (ConvolutionReference.Term term in ConvolutionReference.Terms(shape, V, S))
        {
            double xValue = Numbers.Double(x[(term.Entry * xs.Stride) + term.Input]);
            double wValue = Numbers.Double(w[(term.Entry * ws.Stride) + term.Weight]);
            double yValue = Numbers.Double(y[(term.Entry * ys.Stride) + term.Output]);
            if (kernel == ConvolutionKernel.Forward)
                expected[(term.Entry * output) + term.Output].Add(wValue * xValue);
            else if (kernel == ConvolutionKernel.Input)
                expected[(term.Entry * input) + term.Input].Add(wValue * yValue);
            else
                expected[(term.Entry * weights) + term.Weight].Add(yValue * xValue);
        }

        Expected.AssertNear(expected, lab.Read(result));
    }

    // The tangents of a convolution and of its transpose in the image: all entries share the first weights and the second images, as there.
    private static void CheckTwo(Device device, ConvolutionShape shape)
    {
        using var lab = new Lab<T>(device);
        int input = S * shape.InputSize, output = S * shape.OutputSize, weights = shape.WeightSize;
        T[] x = Numbers.Random<T>(1, (V + 1) * input), w = Numbers.Random<T>(2, (V + 1) * weights), y = Numbers.Random<T>(3, (V + 1) * output);
        View<T> xs = lab.Put(x), ws = lab.Put(w), ys = lab.Put(y);
        View<T> forward = lab.Blank(V * output), back = lab.Put(x.AsSpan(0, V * input));
        Batch<T> shared = Batch<T>.Shared(ws.Slice(V * weights, weights)), own = new(ws.Slice(0, V * weights), weights);
        lab.Kernels.ConvolveTwo(
            V, S, shape, new(new(xs.Slice(0, V * input), input), shared), new(Batch<T>.Shared(xs.Slice(V * input, input)), own), forward);
        lab.Kernels.ConvolveTwoInputAdjoints(
            V, S, shape, new(new(ys.Slice(0, V * output), output), shared), new(Batch<T>.Shared(ys.Slice(V * output, output)), own), back, accumulate: true);

        var outputs = new Expected[V * output];
        Expected[] inputs = [.. x.Take(V * input).Select(value => Expected.Of(Numbers.Double(value)))];
        foreach (ConvolutionReference.Term term in ConvolutionReference.Terms(shape, V, S))
        {
            double ownWeight = Numbers.Double(w[(term.Entry * weights) + term.Weight]), sharedWeight = Numbers.Double(w[(V * weights) + term.Weight]);
            ref Expected toOutput = ref outputs[(term.Entry * output) + term.Output], toInput = ref inputs[(term.Entry * input) + term.Input];
            toOutput.Add(sharedWeight * Numbers.Double(x[(term.Entry * input) + term.Input]));
            toOutput.Add(ownWeight * Numbers.Double(x[(V * input) + term.Input]));
            toInput.Add(sharedWeight * Numbers.Double(y[(term.Entry * output) + term.Output]));
            toInput.Add(ownWeight * Numbers.Double(y[(V * output) + term.Output]));
        }

        Expected.AssertNear(outputs, lab.Read(forward));
        Expected.AssertNear(inputs, lab.Read(back));
    }
}
