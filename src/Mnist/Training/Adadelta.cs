using System.Numerics;
using BasinVolume.Kernels.Threads;

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
    // Below this, waking a thread costs more than it brings.
    private const int ElementsOfPart = 1 << 14;

    private readonly HostThreads _threads;
    private readonly T _rho;
    private readonly T _oneMinusRho;
    private readonly T _epsilon;
    private readonly T _weightDecay;
    private readonly T[] _squares;
    private readonly T[] _steps;

    /// <summary>An optimizer that has not stepped yet.</summary>
    /// <param name="threads">Who computes; the result does not depend on their number.</param>
    /// <param name="parameters">Number of parameters.</param>
    /// <param name="weightDecay">λ: the penalty ½λ|θ|² that is added to the loss.</param>
    /// <param name="rho">ρ, how slowly the running means forget.</param>
    /// <param name="epsilon">ε, what keeps the first steps from being zero.</param>
    public Adadelta(HostThreads threads, int parameters, double weightDecay, double rho = 0.9, double epsilon = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(threads);
        _threads = threads;
        _weightDecay = T.CreateTruncating(weightDecay);
        _rho = T.CreateTruncating(rho);
        _oneMinusRho = T.CreateTruncating(1 - rho);
        _epsilon = T.CreateTruncating(epsilon);
        _squares = new T[parameters];
        _steps = new T[parameters];
    }

    /// <summary>E[g²].</summary>
    internal T[] Squares => _squares;

    /// <summary>E[Δ²].</summary>
    internal T[] Steps => _steps;

    /// <summary>Goes on where another one was.</summary>
    /// <param name="squares">Its E[g²].</param>
    /// <param name="steps">Its E[Δ²].</param>
    internal void GoOn(ReadOnlySpan<T> squares, ReadOnlySpan<T> steps)
    {
        squares.CopyTo(_squares);
        steps.CopyTo(_steps);
    }

    /// <summary>One step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradient">g, without the penalty's part.</param>
    /// <param name="learningRate">lr.</param>
    /// <exception cref="ArgumentException">There are not as many elements as the optimizer has parameters.</exception>
    public void Step(T[] parameters, double[] gradient, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradient);
        if (parameters.Length != _squares.Length || gradient.Length != _squares.Length)
            throw new ArgumentException(
                $"The optimizer steps {_squares.Length} parameters; {parameters.Length} with a gradient of {gradient.Length} elements were given.");
        _threads.Run(
            (parameters.Length + ElementsOfPart - 1) / ElementsOfPart, new Update(this, parameters, gradient, new Vector<T>(T.CreateTruncating(learningRate))));
    }

    // A part is a range of elements; each element is computed for itself.
    private readonly struct Update(Adadelta<T> optimizer, T[] parameters, double[] gradient, Vector<T> rate) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = part * ElementsOfPart, count = Math.Min(ElementsOfPart, parameters.Length - first), done = 0;
            Span<T> weights = parameters.AsSpan(first, count), squares = optimizer._squares.AsSpan(first, count), steps = optimizer._steps.AsSpan(first, count);
            ReadOnlySpan<double> slopes = gradient.AsSpan(first, count);
            for (; done <= count - Vector<T>.Count; done += Vector<T>.Count)
                Advance(weights[done..], slopes[done..], squares[done..], steps[done..]);
            if (done < count)
                AdvanceRest(weights[done..], slopes[done..], squares[done..], steps[done..]);
        }

        // Less than a vector: as the beginning of one.
        private void AdvanceRest(Span<T> weights, ReadOnlySpan<double> slopes, Span<T> squares, Span<T> steps)
        {
            Span<T> allWeights = stackalloc T[Vector<T>.Count], allSquares = stackalloc T[Vector<T>.Count], allSteps = stackalloc T[Vector<T>.Count];
            Span<double> allSlopes = stackalloc double[Vector<T>.Count];
            allSlopes.Clear();
            slopes.CopyTo(allSlopes);
            Widen(weights, allWeights);
            Widen(squares, allSquares);
            Widen(steps, allSteps);
            Advance(allWeights, allSlopes, allSquares, allSteps);
            allWeights[..weights.Length].CopyTo(weights);
            allSquares[..weights.Length].CopyTo(squares);
            allSteps[..weights.Length].CopyTo(steps);
        }

        // One vector of elements.
        private void Advance(Span<T> weights, ReadOnlySpan<double> slopes, Span<T> squares, Span<T> steps)
        {
            var weight = new Vector<T>(weights);
            Vector<T> slope = Rounded(slopes) + (weight * optimizer._weightDecay);
            Vector<T> square = (new Vector<T>(squares) * optimizer._rho) + (slope * optimizer._oneMinusRho * slope);
            var epsilon = new Vector<T>(optimizer._epsilon);
            var before = new Vector<T>(steps);
            Vector<T> step = Vector.SquareRoot(before + epsilon) / Vector.SquareRoot(square + epsilon) * slope;
            square.CopyTo(squares);
            ((before * optimizer._rho) + (step * optimizer._oneMinusRho * step)).CopyTo(steps);
            (weight - (rate * step)).CopyTo(weights);
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
