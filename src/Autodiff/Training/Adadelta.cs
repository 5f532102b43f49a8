using System.Numerics;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Adadelta (Zeiler 2012) with PyTorch's update. With gradient g, the penalty's λθ added to it, running means E of squares (both begin at 0):
/// <code>
/// g ← g + λ θ
/// E[g²] ← ρ E[g²] + (1 − ρ) g²
/// Δ = √(E[Δ²] + ε) / √(E[g²] + ε) · g
/// E[Δ²] ← ρ E[Δ²] + (1 − ρ) Δ²
/// θ ← θ − lr Δ
/// </code>
/// Every operation is rounded to the precision of the parameters, in PyTorch's order, so that its runs can be followed step by step.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="threads">Who computes; the result does not depend on their number.</param>
/// <param name="parameters">Number of parameters.</param>
/// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
/// <param name="rho">ρ, how slowly the running means forget.</param>
/// <param name="epsilon">ε, what keeps the first steps from being zero.</param>
public sealed class Adadelta<T>(HostThreads threads, int parameters, double weightDecay = 0, double rho = 0.9, double epsilon = 1e-6) : IOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ElementwiseStep<T> _step = new(threads, parameters, weightDecay);
    private readonly T _rho = T.CreateTruncating(rho);
    private readonly T _oneMinusRho = T.CreateTruncating(1 - rho);
    private readonly T _epsilon = T.CreateTruncating(epsilon);

    /// <inheritdoc/>
    public double LearningRate { get; set; } = 1;

    /// <summary>E[g²]; changes with each step.</summary>
    public T[] Squares => _step.First;

    /// <summary>E[Δ²]; changes with each step.</summary>
    public T[] Steps => _step.Second;

    /// <inheritdoc/>
    public void Step(T[] parameters, double[] gradient) => _step.Run(new Update(this, T.CreateTruncating(LearningRate)), parameters, gradient);

    private readonly struct Update(Adadelta<T> optimizer, T rate) : IUpdate<T>
    {
        public Vector<T> Next(Vector<T> weight, Vector<T> slope, ref Vector<T> first, ref Vector<T> second)
        {
            Vector<T> square = (first * optimizer._rho) + (slope * optimizer._oneMinusRho * slope);
            var epsilon = new Vector<T>(optimizer._epsilon);
            Vector<T> step = Vector.SquareRoot(second + epsilon) / Vector.SquareRoot(square + epsilon) * slope;
            (first, second) = (square, (second * optimizer._rho) + (step * optimizer._oneMinusRho * step));
            return weight - (step * rate);
        }
    }
}
