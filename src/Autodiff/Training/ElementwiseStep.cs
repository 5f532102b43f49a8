using System.Numerics;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Takes all parameters through an update, in vectors and on all threads, and keeps what it keeps of each parameter. To the gradient it adds that of the
/// penalty: g + λθ. Every operation is rounded to the precision of the parameters.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="threads">Who computes; the result does not depend on their number.</param>
/// <param name="parameters">Number of parameters.</param>
/// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
internal sealed class ElementwiseStep<T>(HostThreads threads, int parameters, double weightDecay)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this, waking a thread costs more than it brings.
    private const int ElementsOfPart = 1 << 14;

    private readonly T _weightDecay = T.CreateTruncating(weightDecay);

    /// <summary>What the update keeps first.</summary>
    public T[] First { get; } = new T[parameters];

    /// <summary>What it keeps second.</summary>
    public T[] Second { get; } = new T[parameters];

    /// <summary>One step.</summary>
    /// <param name="update">What is done to each element.</param>
    /// <param name="weights">θ, changed in place.</param>
    /// <param name="gradient">g, without the penalty's part.</param>
    /// <exception cref="ArgumentException">There are not as many elements as parameters.</exception>
    public void Run<TUpdate>(TUpdate update, T[] weights, double[] gradient)
        where TUpdate : struct, IUpdate<T>
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(gradient);
        if (weights.Length != First.Length || gradient.Length != First.Length)
            throw new ArgumentException(
                $"The optimizer steps {First.Length} parameters; {weights.Length} with a gradient of {gradient.Length} elements were given.");
        threads.Run((weights.Length + ElementsOfPart - 1) / ElementsOfPart, new Parts<TUpdate>(this, update, weights, gradient));
    }

    // A part is a range of elements; each element is computed for itself.
    private readonly struct Parts<TUpdate>(ElementwiseStep<T> step, TUpdate update, T[] all, double[] gradient) : IPartitionedWork
        where TUpdate : struct, IUpdate<T>
    {
        public void Run(int part)
        {
            int start = part * ElementsOfPart, count = Math.Min(ElementsOfPart, all.Length - start), done = 0;
            Span<T> weights = all.AsSpan(start, count), first = step.First.AsSpan(start, count), second = step.Second.AsSpan(start, count);
            ReadOnlySpan<double> slopes = gradient.AsSpan(start, count);
            for (; done <= count - Vector<T>.Count; done += Vector<T>.Count)
                Advance(weights[done..], slopes[done..], first[done..], second[done..]);
            if (done < count)
                AdvanceRest(weights[done..], slopes[done..], first[done..], second[done..]);
        }

        // Less than a vector: as the beginning of one.
        private void AdvanceRest(Span<T> weights, ReadOnlySpan<double> slopes, Span<T> first, Span<T> second)
        {
            Span<T> allWeights = stackalloc T[Vector<T>.Count], allFirst = stackalloc T[Vector<T>.Count], allSecond = stackalloc T[Vector<T>.Count];
            Span<double> allSlopes = stackalloc double[Vector<T>.Count];
            allSlopes.Clear();
            slopes.CopyTo(allSlopes);
            Widen(weights, allWeights);
            Widen(first, allFirst);
            Widen(second, allSecond);
            Advance(allWeights, allSlopes, allFirst, allSecond);
            allWeights[..weights.Length].CopyTo(weights);
            allFirst[..weights.Length].CopyTo(first);
            allSecond[..weights.Length].CopyTo(second);
        }

        // One vector of elements.
        private void Advance(Span<T> weights, ReadOnlySpan<double> slopes, Span<T> first, Span<T> second)
        {
            Vector<T> weight = new(weights), kept = new(first), besides = new(second);
            update.Next(weight, Rounded(slopes) + (weight * step._weightDecay), ref kept, ref besides).CopyTo(weights);
            kept.CopyTo(first);
            besides.CopyTo(second);
        }

        // To the nearest, as a conversion of one number.
        private static Vector<T> Rounded(ReadOnlySpan<double> numbers)
            => typeof(T) == typeof(double)
                ? Vector.As<double, T>(new Vector<double>(numbers))
                : Vector.As<float, T>(Vector.Narrow(new Vector<double>(numbers), new Vector<double>(numbers[Vector<double>.Count..])));

        private static void Widen(ReadOnlySpan<T> some, Span<T> all)
        {
            all.Clear();
            some.CopyTo(all);
        }
    }
}
