using System.Numerics;
using BasinVolume.Kernels.Host.Convolutions.Winograd;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Tests.Contracts;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Winograd;

public sealed class WinogradConvolutionInSingle : WinogradConvolutionTests<float>;

public sealed class WinogradConvolutionInDouble : WinogradConvolutionTests<double>;

public abstract class WinogradConvolutionTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ConvolutionShape _shape = new(16, 7, 6, 24, 3, 3, padding: 1);

    [Fact]
    public void Filters_of_three_by_three_and_channels_that_fill_vectors_are_transformed()
    {
        ConvolutionShape[] transformed = [_shape, new(32, 8, 8, 16, 3, 3), new(64, 4, 5, 64, 3, 3, padding: 2)];
        Assert.All(transformed, shape => Assert.True(WinogradRule.Holds<T>(shape)));

        // A channel more than fills vectors leaves all but one lane of the next one empty: too much where it has eight or more.
        Assert.Equal(Tile<T>.HalfColumns < 8, WinogradRule.Holds<T>(new(16, 9, 9, 17, 3, 3)));

        // Other filters, strides, dilations, groups, few channels, a small image, a huge one, and padding beyond the filter's.
        ConvolutionShape[] others =
        [
            new(16, 7, 6, 16, 3, 1),
            new(16, 7, 6, 16, 5, 5),
            new(16, 9, 9, 16, 3, 3, stride: 2),
            new(16, 9, 9, 16, 3, 3, dilation: 2),
            new(32, 8, 8, 32, new Window(3), new Window(3), groups: 2),
            new(8, 9, 9, 16, 3, 3),
            new(16, 5, 5, 16, 3, 3),
            new(16, 2048, 4096, 16, 3, 3, padding: 1),
            new(16, 6, 6, 16, new Window(3, Before: 3), new Window(3)),
            new(16, 6, 6, 16, new Window(3), new Window(3, After: 3)),
        ];
        Assert.All(others, shape => Assert.False(WinogradRule.Holds<T>(shape)));
    }

    // An output sees its own pixels alone, as a sum over these does: zeros among them give zero, and an infinite pixel elsewhere does not reach it.
    [Fact]
    public void Outputs_depend_on_their_own_pixels_alone()
    {
        const int Row = 2, Column = 3;
        using var lab = new Lab<T>(TestDevices.Cpu);
        T[] image = Numbers.Random<T>(1, _shape.InputSize);
        int plane = _shape.InputHeight * _shape.InputWidth;
        for (int c = 0; c < _shape.InputChannels; c++)
        {
            for (int row = Row - 1; row <= Row + 1; row++)
                image.AsSpan((c * plane) + (row * _shape.InputWidth) + Column - 1, 3).Clear();
            image[(c * plane) + (Row * _shape.InputWidth) + Column - 3] = T.PositiveInfinity;
        }

        View<T> y = lab.Blank(_shape.OutputSize);
        lab.Kernels.Convolve(
            1, 1, _shape, Batch<T>.Shared(lab.Put(image)), Batch<T>.Shared(lab.Put(Numbers.Random<T>(2, _shape.WeightSize))), y, accumulate: false);

        T[] outputs = lab.Read(y);
        for (int place = 0; place < outputs.Length; place++)
        {
            int i = place / _shape.OutputWidth % _shape.OutputHeight, j = place % _shape.OutputWidth;
            if (i == Row && j == Column)
                Assert.Equal(T.Zero, outputs[place]);
            Assert.Equal(Math.Abs(i - Row) > 1 || j > Column - 2, T.IsFinite(outputs[place]));
        }
    }

    // Images are taken together, and blocks of tiles: so many at once have the bits that each has alone, whatever entries share.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Many_samples_have_the_bits_of_each_alone(bool sharesImages, bool sharesWeights)
    {
        const int Entries = 2, Samples = 11;
        foreach (ConvolutionShape shape in (ConvolutionShape[])[_shape, new(16, 18, 17, 32, 3, 3)])
        {
            using var lab = new Lab<T>(TestDevices.Cpu);
            int size = Samples * shape.InputSize;
            var x = new Batch<T>(lab.Put(Numbers.Random<T>(1, Entries * size)), sharesImages ? 0 : size);
            var w = new Batch<T>(lab.Put(Numbers.Random<T>(2, Entries * shape.WeightSize)), sharesWeights ? 0 : shape.WeightSize);
            var own = new Batch<T>(lab.Put(Numbers.Random<T>(3, Entries * size)), size);
            View<T> together = lab.Blank(Entries * Samples * shape.OutputSize), alone = lab.Blank(Entries * Samples * shape.OutputSize);
            lab.Kernels.ConvolveTwo(Entries, Samples, shape, new(x, w), new(own, w), together);
            for (int s = 0; s < Entries * Samples; s++)
            {
                (int v, int sample) = Math.DivRem(s, Samples);
                var filters = Batch<T>.Shared(w.Data.Slice(v * w.Stride, shape.WeightSize));
                lab.Kernels.ConvolveTwo(
                    1, 1, shape, new(Image(x, v, sample), filters), new(Image(own, v, sample), filters), alone.Slice(s * shape.OutputSize, shape.OutputSize));
            }

            Assert.Equal(lab.Read(alone), lab.Read(together));

            Batch<T> Image(Batch<T> images, int entry, int sample)
                => Batch<T>.Shared(images.Data.Slice((entry * images.Stride) + (sample * shape.InputSize), shape.InputSize));
        }
    }
}
