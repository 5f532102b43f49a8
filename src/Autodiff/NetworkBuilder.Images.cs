using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

// The layers that take images.
public sealed partial class NetworkBuilder
{
    /// <summary>A square two-dimensional convolution: parameters name.weight [channels, in, kernel, kernel] and, with a bias, name.bias [channels].</summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="channels">Channels of the output, at least 1.</param>
    /// <param name="kernel">Width of the kernel in pixels, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Pixels of zeros around the image.</param>
    /// <param name="dilation">Pixels from one element of the kernel to the next, at least 1.</param>
    /// <param name="bias">Whether each channel has a bias.</param>
    /// <exception cref="NetworkException">The input is not an image, or the kernel does not fit on it.</exception>
    public NetworkBuilder Convolution(string name, int channels, int kernel, int stride = 1, int padding = 0, int dilation = 1, bool bias = true)
    {
        var sides = new Window(kernel, stride, padding, padding, dilation);
        return Convolution(name, channels, sides, sides, bias: bias);
    }

    /// <summary>
    /// A two-dimensional convolution with windows of its own in each direction: parameters name.weight [channels, in / groups, kernel rows, kernel columns]
    /// and, with a bias, name.bias [channels]. With as many groups as input channels it is depthwise.
    /// </summary>
    /// <param name="name">What the layer is called, as in PyTorch's state_dict.</param>
    /// <param name="channels">Channels of the output, at least 1.</param>
    /// <param name="rows">The kernel's rows over the image's.</param>
    /// <param name="columns">The kernel's columns over the image's.</param>
    /// <param name="groups">Groups of channels, which divide those of the input and of the output.</param>
    /// <param name="bias">Whether each channel has a bias.</param>
    /// <exception cref="NetworkException">The input is not an image, the kernel does not fit on it, or the groups do not divide the channels.</exception>
    public NetworkBuilder Convolution(string name, int channels, Window rows, Window columns, int groups = 1, bool bias = true)
    {
        (int depth, int height, int width) = Image($"convolution '{name}'");
        ConvolutionShape shape = Sized.Of(
            $"The convolution '{name}'", () => new ConvolutionShape(depth, height, width, channels, rows, columns, groups));
        return Add(new Convolution(name, shape, bias));
    }

    /// <summary>The largest element of each square window; the padding never wins.</summary>
    /// <param name="size">Width of a window.</param>
    /// <param name="stride">From one window to the next; the width if left out.</param>
    /// <param name="padding">Pixels around the image, at most half the width.</param>
    /// <exception cref="NetworkException">The input is not an image, or smaller than a window.</exception>
    public NetworkBuilder MaxPool(int size, int? stride = null, int padding = 0)
    {
        Window sides = new Window(size, stride ?? size).Padded(padding);
        return MaxPool(sides, sides);
    }

    /// <summary>The largest element of each window; the padding never wins, and of equal elements the first does.</summary>
    /// <param name="rows">The windows' rows over the image's: with padding on both ends together of at most a window.</param>
    /// <param name="columns">The windows' columns, likewise.</param>
    /// <exception cref="NetworkException">The input is not an image, or smaller than a window, or a window has no pixel of it.</exception>
    public NetworkBuilder MaxPool(Window rows, Window columns) => Add(new MaxPool(Pools("max-pool", rows, columns)));

    /// <summary>The mean of each square window; the padding counts as zeros.</summary>
    /// <inheritdoc cref="MaxPool(int, int?, int)" path="/param|/exception"/>
    public NetworkBuilder AveragePool(int size, int? stride = null, int padding = 0)
    {
        Window sides = new Window(size, stride ?? size).Padded(padding);
        return AveragePool(sides, sides);
    }

    /// <summary>
    /// The mean of each window, as PyTorch counts its pixels: what <see cref="Window.Ceil"/> lets lie behind the padding never counts, and the padding itself
    /// counts as zeros or not at all. Where a window has fewer pixels than others an <see cref="Operators.Affine"/> map follows that makes up for it.
    /// </summary>
    /// <param name="rows">The windows' rows over the image's: with padding on both ends together of at most a window.</param>
    /// <param name="columns">The windows' columns, likewise.</param>
    /// <param name="countPadding">Whether the padding counts: PyTorch's count_include_pad.</param>
    /// <exception cref="NetworkException">The input is not an image, or smaller than a window, or a window has no pixel of it.</exception>
    public NetworkBuilder AveragePool(Window rows, Window columns, bool countPadding = true)
    {
        var pool = new AveragePool(Pools("average-pool", rows, columns));
        Add(pool);
        return pool.Correction(countPadding) is { } correction ? Affine(correction) : this;
    }

    /// <summary>The mean over all dimensions but the first: of an image one element for each channel.</summary>
    public NetworkBuilder GlobalAveragePool() => Add(new GlobalAverage(Current));

    private PoolingShape Pools(string what, Window rows, Window columns)
    {
        (int depth, int height, int width) = Image(what);
        return Sized.Of($"The {what}", () => new PoolingShape(depth, height, width, rows, columns));
    }

    private (int Channels, int Height, int Width) Image(string what)
    {
        if (Current.Dimensions.Length != 3)
            throw new NetworkException($"For the {what} an image [channels, height, width] is expected, but the input has shape {Current}.");
        return (Current.Dimensions[0], Current.Dimensions[1], Current.Dimensions[2]);
    }
}
