using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Maps;

/// <summary>A symmetric linear map of n coordinates that is known by its products: a matrix, or a network's Hessian that is never held.</summary>
public interface ILinearMap
{
    /// <summary>n.</summary>
    int Order { get; }

    /// <summary>
    /// How exactly its products are right: A v is off by about ε‖A‖‖v‖, of which follows how small a residual can become. That of double where nothing else is
    /// said; a network in single precision says so.
    /// </summary>
    double UnitRoundoff => Spectrum.DoubleRoundoff;

    /// <summary>A times each of some directions.</summary>
    /// <param name="directions">[V, n]: one direction a row; left as they are.</param>
    /// <param name="products">[V, n], of its own storage: receives A times each direction, whatever it held.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default);
}
