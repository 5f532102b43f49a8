using System.Numerics;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Gradient descent with momentum (Polyak 1964) and PyTorch's update. With a velocity v that begins at 0:
/// <code>
/// g ← g + λ θ
/// v ← μ v + g
/// θ ← θ − lr v
/// </code>
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="threads">Who computes; the result does not depend on their number.</param>
/// <param name="parameters">Number of parameters.</param>
/// <param name="learningRate">lr.</param>
/// <param name="momentum">μ; 0 for plain gradient descent.</param>
/// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
public sealed class Sgd<T>(HostThreads threads, int parameters, double learningRate, double momentum = 0, double weightDecay = 0) : IOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ElementwiseStep<T> _step = new(threads, parameters, weightDecay);
    private readonly T _momentum = T.CreateTruncating(momentum);

    /// <inheritdoc/>
    public double LearningRate { get; set; } = learningRate;

    /// <inheritdoc/>
    public void Step(T[] parameters, double[] gradient) => _step.Run(new Update(_momentum, T.CreateTruncating(LearningRate)), parameters, gradient);

    private readonly struct Update(T momentum, T rate) : IUpdate<T>
    {
        public Vector<T> Next(Vector<T> weight, Vector<T> slope, ref Vector<T> first, ref Vector<T> second)
        {
            first = (first * momentum) + slope;
            return weight - (first * rate);
        }
    }
}
