using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>What max-pool and average-pool ask of their sizes beyond what every shape keeps.</summary>
internal static class Pooling
{
    /// <summary>Checks the sizes.</summary>
    /// <param name="name">The operator, for messages.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="NetworkException">The image is smaller than a window.</exception>
    public static void Check(string name, PoolingShape shape)
    {
        if (shape.OutputHeight < 1 || shape.OutputWidth < 1)
            throw new NetworkException($"{name}'s window does not fit on its input: {shape}; take a smaller window.");
    }
}
