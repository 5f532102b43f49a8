using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>A dimension of a sample's value by its number, counted from 0.</summary>
internal static class Axis
{
    /// <summary>Whether there is one.</summary>
    /// <param name="what">What takes it, for messages: "A slice".</param>
    /// <param name="shape">The value's shape.</param>
    /// <param name="axis">The number.</param>
    /// <exception cref="NetworkException">There is none.</exception>
    public static void Check(string what, Shape shape, int axis)
    {
        if (axis < 0 || axis >= shape.Dimensions.Length)
            throw new NetworkException(
                $"{what} has the axis {axis}, but a value of shape {shape} has the axes 0 to {shape.Dimensions.Length - 1}; count from 0, without the batch.");
    }
}
