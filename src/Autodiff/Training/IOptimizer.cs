using System.Numerics;

namespace BasinVolume.Autodiff.Training;

/// <summary>How parameters follow the gradient of a loss.</summary>
/// <typeparam name="T">float or double: what parameters are kept in.</typeparam>
public interface IOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>lr of the next step; a schedule changes it between steps.</summary>
    double LearningRate { get; set; }

    /// <summary>One step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradient">g, without the penalty's part.</param>
    /// <exception cref="ArgumentException">There are not as many elements as the optimizer has parameters.</exception>
    void Step(T[] parameters, double[] gradient);
}
