using System.Numerics;

namespace BasinVolume.Mnist.Training;

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
public sealed class Adadelta<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _rho;
    private readonly T _oneMinusRho;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T[] _squares;
    private readonly T[] _steps;

    /// <summary>An optimizer that has not stepped yet.</summary>
    /// <param name="parameters">Number of parameters.</param>
    /// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
    /// <param name="rho">ρ, how slowly the running means forget.</param>
    /// <param name="epsilon">ε, what keeps the first steps from being zero.</param>
    public Adadelta(int parameters, double weightDecay, double rho = 0.9, double epsilon = 1e-6)
    {
        _weightDecay = T.CreateTruncating(weightDecay);
        _rho = T.CreateTruncating(rho);
        _oneMinusRho = T.CreateTruncating(1 - rho);
        _epsilon = T.CreateTruncating(epsilon);
        _squares = new T[parameters];
        _steps = new T[parameters];
    }

    /// <summary>One step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradient">g, without the penalty's part.</param>
    /// <param name="learningRate">lr.</param>
    public void Step(Span<T> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        T rate = T.CreateTruncating(learningRate);
        for (int i = 0; i < parameters.Length; i++)
        {
            T g = T.CreateTruncating(gradient[i]) + (_weightDecay * parameters[i]);
            _squares[i] = (_rho * _squares[i]) + (_oneMinusRho * g * g);
            T step = T.Sqrt(_steps[i] + _epsilon) / T.Sqrt(_squares[i] + _epsilon) * g;
            _steps[i] = (_rho * _steps[i]) + (_oneMinusRho * step * step);
            parameters[i] -= rate * step;
        }
    }
}
