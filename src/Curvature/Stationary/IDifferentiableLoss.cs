using BasinVolume.Curvature.Maps;

namespace BasinVolume.Curvature.Stationary;

/// <summary>A loss with its gradient and its Hessian as a linear map.</summary>
public interface IDifferentiableLoss
{
    /// <summary>n, the number of weights.</summary>
    int ParameterCount { get; }

    /// <summary>The relative rounding of a loss: <see cref="Spectrum.DoubleRoundoff"/> or <see cref="Spectrum.SingleRoundoff"/>.</summary>
    double UnitRoundoff { get; }

    /// <summary>H at the weights that were moved to last.</summary>
    ILinearMap Hessian { get; }

    /// <summary>Moves to weights and gives the loss there.</summary>
    /// <param name="weights">θ, n elements.</param>
    /// <param name="gradient">Receives ∇L, n elements.</param>
    double MoveTo(double[] weights, double[] gradient);
}
