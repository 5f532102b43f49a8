using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Maps;

/// <summary>A + μI: a map that is damped, or whose loss has a penalty.</summary>
/// <param name="map">A.</param>
/// <param name="shift">μ, in the units of A.</param>
public sealed class ShiftedMap(ILinearMap map, double shift) : ILinearMap
{
    /// <inheritdoc/>
    public int Order => map.Order;

    /// <inheritdoc/>
    public double UnitRoundoff => map.UnitRoundoff;

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(products);
        map.Multiply(directions, products, cancellation);
        Vectors.AddScaled(products.Values, shift, directions.Values);
    }
}
