using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>The last dimensions of a sample's value, over which a normalisation goes.</summary>
internal static class LastDimensions
{
    /// <summary>Their shape.</summary>
    /// <param name="what">What takes them, for messages: "A layer normalisation".</param>
    /// <param name="shape">The value's shape.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="NetworkException">There are not so many.</exception>
    public static Shape Of(string what, Shape shape, int count)
        => count >= 1 && count <= shape.Dimensions.Length
            ? new Shape(shape.Dimensions.AsSpan()[^count..])
            : throw new NetworkException(
                $"{what} goes over the last {count} dimensions, but a value of shape {shape} has {shape.Dimensions.Length}; give 1 to that many.");
}
