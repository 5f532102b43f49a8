using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels;

/// <summary>
/// The penalty ½λ|θ|² of a weight decay λ, as SGD and Adadelta have it: its gradient is λθ and its Hessian λI.
/// It stands on floor 1 because losses of networks, Hessians and quadratic models add it alike.
/// </summary>
/// <param name="WeightDecay">λ ≥ 0, in units of the loss; nothing is added for 0.</param>
public readonly record struct L2Penalty(double WeightDecay)
{
    /// <summary>½λ|θ|² by a plain sum in ascending order.</summary>
    /// <param name="weights">θ.</param>
    public double At(ReadOnlySpan<double> weights) => WeightDecay / 2 * DotProduct.InOrder(weights, weights);

    /// <summary>½λ|θ|² by a compensated sum, for many weights whose squares are of very different sizes.</summary>
    /// <param name="weights">θ.</param>
    public double CompensatedAt(ReadOnlySpan<double> weights) => WeightDecay / 2 * CompensatedSum.OfSquares(weights);

    /// <summary>g += λθ.</summary>
    /// <param name="gradient">g, n elements.</param>
    /// <param name="weights">θ, n elements.</param>
    public void AddGradient(Span<double> gradient, ReadOnlySpan<double> weights) => Vectors.AddScaled(gradient, WeightDecay, weights);

    /// <summary>H += λI.</summary>
    /// <param name="hessian">H, n × n.</param>
    public void AddHessian(Matrix hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        for (int i = 0; i < hessian.Rows; i++)
            hessian[i, i] += WeightDecay;
    }
}
