namespace BasinVolume.Curvature.Stationary;

/// <summary>A loss with its gradient and the products of its Hessian with directions.</summary>
public interface IDifferentiableLoss
{
    /// <summary>n, the number of weights.</summary>
    int ParameterCount { get; }

    /// <summary>The relative rounding of a loss: <see cref="Spectrum.DoubleRoundoff"/> or <see cref="Spectrum.SingleRoundoff"/>.</summary>
    double UnitRoundoff { get; }

    /// <summary>Moves to weights and gives the loss there.</summary>
    /// <param name="weights">θ, n elements.</param>
    /// <param name="gradient">Receives ∇L, n elements.</param>
    double MoveTo(double[] weights, double[] gradient);

    /// <summary>H v at the weights that were moved to last.</summary>
    /// <param name="direction">v, n elements.</param>
    double[] Multiply(double[] direction);
}
