using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// What is done with a chunk before directions go through it; gives the chunk's share of the loss. With an adjoint pass the directions are multiplied by the
/// Hessian, without one by the Gauss–Newton matrix.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal delegate double Preparation<T>(Plan<T> plan, ISamples samples, SampleRange chunk)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The one way in which samples go through a plan: chunk by chunk in ascending order, every result added in double.</summary>
internal static class Chunks
{
    /// <summary>All samples, for what is no sum and has no shards: every process goes through the whole of them.</summary>
    public static SampleRange All(ISamples samples) => SampleShards.Of(samples.Count, samples.Count)[0];

    /// <summary>Number of chunks.</summary>
    public static int Count<T>(Plan<T> plan, SampleRange range)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (int)(((long)range.Count + plan.Budget.Samples - 1) / plan.Budget.Samples);

    /// <summary>The samples of chunk number <paramref name="chunk"/>.</summary>
    public static SampleRange Of<T>(Plan<T> plan, SampleRange range, int chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = range.First + (chunk * plan.Budget.Samples);
        return new(first, first + Math.Min(plan.Budget.Samples, range.End - first));
    }

    /// <summary>Loads a chunk, computes all values, and gives the chunk's share Σ ω ℓ of the loss.</summary>
    public static double Forward<T>(Plan<T> plan, ISamples samples, SampleRange chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        plan.Load(samples, chunk.First, chunk.Count);
        plan.Forward();
        return plan.ReadLoss();
    }

    /// <summary>The same with the values' adjoints, and no gradient.</summary>
    public static double ForwardAndAdjointOfValues<T>(Plan<T> plan, ISamples samples, SampleRange chunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = Forward(plan, samples, chunk);
        plan.AdjointOfValues();
        return loss;
    }

    /// <summary>The same with the gradient alone; the chunk's share of it is written to <paramref name="gradient"/>, or added.</summary>
    public static double ForwardAndGradient<T>(Plan<T> plan, ISamples samples, SampleRange chunk, Memory<double> gradient, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ForwardAnd(static plan => plan.AdjointOfParameters(), plan, samples, chunk, gradient, accumulate);

    /// <summary>The same with the whole adjoint pass; the chunk's share of the gradient is written to <paramref name="gradient"/>, or added.</summary>
    public static double ForwardAndAdjoint<T>(Plan<T> plan, ISamples samples, SampleRange chunk, Memory<double> gradient, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => ForwardAnd(static plan => plan.Adjoint(), plan, samples, chunk, gradient, accumulate);

    // adjointPass: one that leaves the gradient.
    private static double ForwardAnd<T>(
        Action<Plan<T>> adjointPass, Plan<T> plan, ISamples samples, SampleRange chunk, Memory<double> gradient, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = Forward(plan, samples, chunk);
        adjointPass(plan);
        plan.ReadGradient(gradient, accumulate);
        return loss;
    }
}
