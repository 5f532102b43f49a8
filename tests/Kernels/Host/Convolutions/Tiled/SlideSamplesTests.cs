using System.Numerics;
using BasinVolume.Kernels.Host.Convolutions.Tiled;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Tests.Contracts;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Tiled;

public sealed class SlideSamplesInSingle : SlideSamplesTests<float>;

public sealed class SlideSamplesInDouble : SlideSamplesTests<double>;

// Which numbers are side by side in vectors changes no bit: so many samples at once have the bits that each has alone, which is too few for vectors of samples.
public abstract class SlideSamplesTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many as several vectors of any width have, and some more.
    private const int Samples = 69;

    // Small images, whose edges are a large part of them: LeNet-5's second layer, an odd width, uneven padding, strides, a dilation, groups.
    private static readonly ConvolutionShape[] _shapes =
    [
        new(6, 14, 14, 16, 5, 5),
        new(12, 7, 9, 16, 5, 5),
        new(12, 9, 7, 16, new Window(5, Before: 1), new Window(4, After: 1)),
        new(4, 9, 9, 8, 5, 5, stride: 2),
        new(16, 9, 9, 16, 3, 3, dilation: 3),
        new(8, 8, 9, 12, new Window(4), new Window(5), groups: 4),
    ];

    [Fact]
    public void Small_images_have_samples_in_lanes()
    {
        // Rows of 14 pixels, the first shape's, all but fill a vector of 16 numbers.
        ConvolutionShape[] small = Tile<T>.HalfColumns < 16 ? _shapes : _shapes[1..];
        Assert.Equal(small, _shapes.Where(shape => HasSamplesInLanes(shape, Samples)));
        Assert.DoesNotContain(_shapes, shape => HasSamplesInLanes(shape, 1));
    }

    // Rows that fill vectors and terms that all lie inside leave nothing to win.
    [Fact]
    public void Large_images_have_places_in_lanes() => Assert.False(HasSamplesInLanes(new(16, 32, 32, 16, 3, 3, padding: 1), Samples));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Many_samples_have_the_bits_of_each_alone(bool sharesAdjoint, bool sharesWeights)
    {
        const int Entries = 2;
        foreach (ConvolutionShape shape in _shapes)
        {
            using var lab = new Lab<T>(TestDevices.Cpu);
            int size = Samples * shape.OutputSize, result = Samples * shape.InputSize;
            var yAdjoint = new Batch<T>(lab.Put(Numbers.Random<T>(1, Entries * size)), sharesAdjoint ? 0 : size);
            var w = new Batch<T>(lab.Put(Numbers.Random<T>(2, Entries * shape.WeightSize)), sharesWeights ? 0 : shape.WeightSize);
            View<T> together = lab.Blank(Entries * result), alone = lab.Blank(Entries * result);
            foreach (bool accumulate in (bool[])[false, true])
            {
                lab.Kernels.ConvolveInputAdjoint(Entries, Samples, shape, yAdjoint, w, together, accumulate);
                for (int s = 0; s < Entries * Samples; s++)
                {
                    (int v, int sample) = Math.DivRem(s, Samples);
                    View<T> y = yAdjoint.Data.Slice((v * yAdjoint.Stride) + (sample * shape.OutputSize), shape.OutputSize);
                    View<T> filters = w.Data.Slice(v * w.Stride, shape.WeightSize);
                    View<T> x = alone.Slice(s * shape.InputSize, shape.InputSize);
                    lab.Kernels.ConvolveInputAdjoint(1, 1, shape, Batch<T>.Shared(y), Batch<T>.Shared(filters), x, accumulate);
                }

                Assert.Equal(lab.Read(alone), lab.Read(together));
            }
        }
    }

    private static bool HasSamplesInLanes(in ConvolutionShape shape, int samples)
    {
        int lanes = Tile<T>.HalfColumns;
        return TileRule.MayHaveSamplesInLanes<T>(shape, samples)
            && TileRule.HasSamplesInLanes<T>(shape, samples, SlidingProduct.Adjoint(shape, lanes), SlidingProduct.AdjointOfSamples(shape, lanes));
    }
}
