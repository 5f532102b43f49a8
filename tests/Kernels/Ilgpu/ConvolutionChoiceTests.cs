using BasinVolume.Gpu.Ilgpu;

namespace BasinVolume.Kernels.Tests.Ilgpu;

public class ConvolutionChoiceTests
{
    // Rows and columns of the product, and terms: the notebook's network and LeNet's layers at 1,500 images, ResNet-20's at 128.
    [Theory]
    [InlineData(1, 1500 * 676, 9, "Elements")]
    [InlineData(6, 1500 * 784, 25, "Elements")]
    [InlineData(16, 1500 * 100, 150, "Flat")]
    [InlineData(16, 128 * 1024, 27, "Flat")]
    [InlineData(16, 128 * 1024, 144, "Flat")]
    [InlineData(32, 128 * 256, 288, "Flat")]
    [InlineData(64, 128 * 64, 576, "Tall")]
    [InlineData(64, 576, 128 * 64, "Tall")]
    [InlineData(16, 144, 128 * 1024, "Flat")]
    [InlineData(9, 1, 1500 * 676, "Elements")]
    [InlineData(64, 1024, 15, "Elements")]
    public void Sizes_choose_the_way(long rows, long columns, long terms, string expected)
        => Assert.Equal(expected, ConvolutionChoice.Of(rows, columns, terms).ToString());
}
