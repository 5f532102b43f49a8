using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>What max-pool and average-pool ask of their sizes, as PyTorch asks it.</summary>
internal static class Pooling
{
    /// <summary>Checks the sizes.</summary>
    /// <param name="name">The operator, for messages.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="NetworkException">A size is not possible, or the image is smaller than a window.</exception>
    public static void Check(string name, PoolingShape shape)
    {
        if (shape.Size < 1 || shape.Stride < 1 || shape.Padding < 0 || shape.Padding > shape.Size / 2)
            throw new NetworkException($"{name} needs a window and a stride of at least 1 and a padding of at most half the window; got {shape}.");
        if (shape.OutputHeight < 1 || shape.OutputWidth < 1)
            throw new NetworkException($"{name}'s window does not fit on its input: {shape}; take a smaller window.");
    }
}
