using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Maps;

/// <summary>The same map, and how many products with a direction were taken: the price of whatever is known of a matrix by its products.</summary>
/// <param name="map">A.</param>
public sealed class CountedMap(ILinearMap map) : ILinearMap
{
    /// <inheritdoc/>
    public int Order => map.Order;

    /// <inheritdoc/>
    public double UnitRoundoff => map.UnitRoundoff;

    /// <summary>Products with one direction until now; a block of V counts V.</summary>
    public long Products { get; private set; }

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        map.Multiply(directions, products, cancellation);
        Products += directions.Rows;
    }
}
