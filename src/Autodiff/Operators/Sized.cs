using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>Sizes that floor 1 refuses are a network that cannot be: the same sentence, with whose sizes they are.</summary>
internal static class Sized
{
    /// <summary>Makes a shape.</summary>
    /// <param name="what">The operator that it belongs to, for messages.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="NetworkException">Its sizes are not possible.</exception>
    public static TShape Of<TShape>(string what, Func<TShape> make)
    {
        try
        {
            return make();
        }
        catch (ShapeException e)
        {
            throw new NetworkException($"{what} has sizes that are not possible: {e.Message}.");
        }
    }
}
