using System.Numerics;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with PyTorch's update. In step t = 1, 2, …, with running means m of gradients and v of their squares that begin at 0:
/// <code>
/// g ← g + λ θ
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// θ ← θ − lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
/// </code>
/// The penalty is part of the loss, as torch.optim.Adam has it; that of AdamW is not.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="threads">Who computes; the result does not depend on their number.</param>
/// <param name="parameters">Number of parameters.</param>
/// <param name="learningRate">lr.</param>
/// <param name="beta1">β₁, how slowly the mean of gradients forgets.</param>
/// <param name="beta2">β₂, how slowly the mean of squares forgets.</param>
/// <param name="epsilon">ε, what keeps steps finite where gradients are 0.</param>
/// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
public sealed class Adam<T>(
    HostThreads threads,
    int parameters,
    double learningRate = 1e-3,
    double beta1 = 0.9,
    double beta2 = 0.999,
    double epsilon = 1e-8,
    double weightDecay = 0) : IOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ElementwiseStep<T> _step = new(threads, parameters, weightDecay);
    private readonly Means _means = new(
        T.CreateTruncating(beta1), T.CreateTruncating(1 - beta1), T.CreateTruncating(beta2), T.CreateTruncating(1 - beta2), T.CreateTruncating(epsilon));

    private int _steps;

    /// <inheritdoc/>
    public double LearningRate { get; set; } = learningRate;

    /// <inheritdoc/>
    public void Step(T[] parameters, double[] gradient)
    {
        _steps++;
        double rate = LearningRate / (1 - Math.Pow(beta1, _steps)), root = Math.Sqrt(1 - Math.Pow(beta2, _steps));
        _step.Run(new Update(_means, T.CreateTruncating(rate), T.CreateTruncating(root)), parameters, gradient);
    }

    private readonly record struct Means(T Beta1, T OneMinusBeta1, T Beta2, T OneMinusBeta2, T Epsilon);

    private readonly struct Update(Means means, T rate, T root) : IUpdate<T>
    {
        public Vector<T> Next(Vector<T> weight, Vector<T> slope, ref Vector<T> first, ref Vector<T> second)
        {
            first = (first * means.Beta1) + (slope * means.OneMinusBeta1);
            second = (second * means.Beta2) + (slope * means.OneMinusBeta2 * slope);
            Vector<T> size = (Vector.SquareRoot(second) / new Vector<T>(root)) + new Vector<T>(means.Epsilon);
            return weight - (first * rate / size);
        }
    }
}
