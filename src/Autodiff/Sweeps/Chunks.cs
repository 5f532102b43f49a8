using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// What is done with a chunk before directions go through it; gives the chunk's share of the loss. With an adjoint pass the directions are multiplied by the
/// Hessian, without one by the Gauss–Newton matrix.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal delegate double Preparation<T>(Plan<T> plan, ISamples samples, int chunk)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The one way in which samples go through a plan: chunk by chunk in ascending order, every result added in double.</summary>
internal static class Chunks
{
    /// <summary>Number of chunks.</summary>
    public static int Count<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (samples.Count < 1)
            throw new NetworkException("The data set has no samples, so there is no loss; give at least one.");
        return (samples.Count + plan.Budget.Samples - 1) / plan.Budget.Samples;
    }

    /// <summary>Loads chunk number <paramref name="chunk"/>, computes all values, and gives the chunk's share Σ ω ℓ of the loss.</summary>
    public static double Forward<T>(Plan<T> plan, ISamples samples, int chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Load(plan, samples, chunk);
        plan.Forward();
        return plan.ReadLoss();
    }

    /// <summary>Loads chunk number <paramref name="chunk"/>.</summary>
    public static void Load<T>(Plan<T> plan, ISamples samples, int chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = chunk * plan.Budget.Samples;
        plan.Load(samples, first, Math.Min(plan.Budget.Samples, samples.Count - first));
    }

    /// <summary>The same with the values' adjoints, and no gradient.</summary>
    public static double ForwardAndAdjointOfValues<T>(Plan<T> plan, ISamples samples, int chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = Forward(plan, samples, chunk);
        plan.AdjointOfValues();
        return loss;
    }

    /// <summary>The same with the whole adjoint pass; the chunk's share of the gradient is added to <paramref name="gradient"/>.</summary>
    public static double ForwardAndAdjoint<T>(Plan<T> plan, ISamples samples, int chunk, Span<double> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = Forward(plan, samples, chunk);
        plan.Adjoint();
        plan.AddGradient(gradient);
        return loss;
    }
}
