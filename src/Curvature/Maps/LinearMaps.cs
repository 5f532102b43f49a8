using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Maps;

/// <summary>What every linear map can do with its products of blocks.</summary>
public static class LinearMaps
{
    /// <summary>A v for one direction.</summary>
    /// <param name="map">A.</param>
    /// <param name="direction">v, n elements; left as they are.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    /// <returns>n elements.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static double[] Times(this ILinearMap map, double[] direction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(direction);
        double[] product = new double[direction.Length];
        map.Multiply(new Matrix(1, direction.Length, direction), new Matrix(1, product.Length, product), cancellation);
        return product;
    }
}
