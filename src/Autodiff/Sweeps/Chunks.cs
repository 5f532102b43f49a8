using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

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

    /// <summary>The same with the adjoint pass; the chunk's share of the gradient is added to <paramref name="gradient"/>.</summary>
    public static double ForwardAndAdjoint<T>(Plan<T> plan, ISamples samples, int chunk, Span<double> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = Forward(plan, samples, chunk);
        plan.Adjoint();
        plan.AddGradient(gradient);
        return loss;
    }

    /// <summary>sum += part, element by element, in double.</summary>
    public static void Add<T>(ReadOnlySpan<T> part, Span<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = 0;
        if (typeof(T) == typeof(double))
            done = AddVectors(MemoryMarshal.Cast<T, double>(part), sum);
        else if (typeof(T) == typeof(float))
            done = AddVectors(MemoryMarshal.Cast<T, float>(part), sum);
        for (int i = done; i < part.Length; i++)
            sum[i] += double.CreateTruncating(part[i]);
    }

    /// <summary>sum = part, element by element, in double.</summary>
    public static void Set<T>(ReadOnlySpan<T> part, Span<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = 0;
        if (typeof(T) == typeof(double))
            done = Copy(MemoryMarshal.Cast<T, double>(part), sum);
        else if (typeof(T) == typeof(float))
            done = SetVectors(MemoryMarshal.Cast<T, float>(part), sum);
        for (int i = done; i < part.Length; i++)
            sum[i] = double.CreateTruncating(part[i]);
    }

    // All three give how many elements they have done.
    private static int AddVectors(ReadOnlySpan<double> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> parts = MemoryMarshal.Cast<double, Vector<double>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
            sums[i] += parts[i];
        return parts.Length * Vector<double>.Count;
    }

    private static int AddVectors(ReadOnlySpan<float> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<float>> parts = MemoryMarshal.Cast<float, Vector<float>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
        {
            Vector.Widen(parts[i], out Vector<double> low, out Vector<double> high);
            sums[2 * i] += low;
            sums[(2 * i) + 1] += high;
        }

        return parts.Length * Vector<float>.Count;
    }

    private static int SetVectors(ReadOnlySpan<float> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<float>> parts = MemoryMarshal.Cast<float, Vector<float>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
            Vector.Widen(parts[i], out sums[2 * i], out sums[(2 * i) + 1]);
        return parts.Length * Vector<float>.Count;
    }

    private static int Copy(ReadOnlySpan<double> part, Span<double> sum)
    {
        part.CopyTo(sum);
        return part.Length;
    }
}
