using System.Numerics;
using System.Runtime.CompilerServices;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The pivots of T − xI at many points x side by side, for a symmetric tridiagonal T of order m whose off-diagonal elements are not zero:
///     q_0 = d_0 − x;   q_i = (d_i − x) − e_i²/q_(i−1).
/// </summary>
/// <remarks>
/// As many pivots are negative as there are eigenvalues below x (Sylvester). A pivot of 0 makes the next one −∞ and the one after that d − x, so that the
/// count is right all the same. The rounded count is that of a matrix whose elements differ from T's by a few units in the last place (Kahan).
///
/// With u = q′/q and z = q″/q, the derivatives of the pivots by x over the pivots,
///     q′_i = −1 + t u,   q″_i = t (z − 2u²),   t = e_i²/q_(i−1), u and z of row i − 1.
/// The determinant p is the product of the pivots, so that Σ u = p′/p = Σ 1/(x − λ) and Σ (u² − z) = −(p′/p)′ = Σ 1/(x − λ)² over the eigenvalues λ.
///
/// A division takes longer than all else in a row, and each row waits for the one before. Several vectors of points therefore go down the rows
/// together. What is computed at a point does not depend on the others.
/// </remarks>
/// <param name="diagonal">The m elements of the diagonal.</param>
/// <param name="squares">The squares of the m − 1 elements beside it.</param>
/// <param name="threads">The team to compute with.</param>
internal sealed class SturmSequences(ReadOnlyMemory<double> diagonal, ReadOnlyMemory<double> squares, HostThreads threads)
{
    private readonly ReadOnlyMemory<double> _diagonal = diagonal;
    private readonly ReadOnlyMemory<double> _squares = squares;

    /// <summary>Points of one part: some 20 microseconds of work for a thousand rows. A multiple of each group of vectors below.</summary>
    private const int PointsPerPart = 32;

    private readonly double[] _points = new double[Padded(2 * diagonal.Length)];
    private readonly double[] _below = new double[Padded(2 * diagonal.Length)];
    private readonly double[] _sums = new double[Padded(diagonal.Length)];
    private readonly double[] _squareSums = new double[Padded(diagonal.Length)];

    /// <summary>The points: at most 2m of them for <see cref="Count"/>, m for <see cref="Evaluate"/>.</summary>
    public Span<double> Points => _points;

    /// <summary>How many eigenvalues are below each point.</summary>
    public ReadOnlySpan<double> Below => _below;

    /// <summary>Σ 1/(x − λ) for each point; not finite where a pivot vanishes.</summary>
    public ReadOnlySpan<double> Sums => _sums;

    /// <summary>Σ 1/(x − λ)² for each point; not finite where a pivot vanishes.</summary>
    public ReadOnlySpan<double> SquareSums => _squareSums;

    /// <summary>Fills <see cref="Below"/> for the first <paramref name="points"/> points.</summary>
    public void Count(int points) => threads.Run(Parts(points), new Counting(this, points));

    /// <summary>Fills <see cref="Below"/> and the sums for the first <paramref name="points"/> points.</summary>
    public void Evaluate(int points) => threads.Run(Parts(points), new Evaluating(this, points));

    private static int Parts(int points) => (points + PointsPerPart - 1) / PointsPerPart;

    private static int Padded(int points) => Parts(points) * PointsPerPart;

    /// <summary>
    /// Pivots at four vectors of points. What stands in the last group behind the last point is computed in vain.
    /// </summary>
    private readonly struct Counting(SturmSequences sequences, int points) : IPartitionedWork
    {
        public void Run(int part)
        {
            int end = Math.Min((part + 1) * PointsPerPart, points);
            for (int point = part * PointsPerPart; point < end; point += 4 * Vector<double>.Count)
                CountFour(sequences._diagonal.Span, sequences._squares.Span, sequences._points.AsSpan(point), sequences._below.AsSpan(point));
        }
    }

    /// <summary>Pivots with their derivatives at two vectors of points, which is what the registers hold.</summary>
    private readonly struct Evaluating(SturmSequences sequences, int points) : IPartitionedWork
    {
        public void Run(int part)
        {
            int end = Math.Min((part + 1) * PointsPerPart, points);
            for (int point = part * PointsPerPart; point < end; point += 2 * Vector<double>.Count)
                EvaluateTwo(
                    sequences._diagonal.Span,
                    sequences._squares.Span,
                    sequences._points.AsSpan(point),
                    sequences._below.AsSpan(point),
                    sequences._sums.AsSpan(point),
                    sequences._squareSums.AsSpan(point));
        }
    }

    // Not inlined: each loop needs all registers for itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountFour(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> squares, Span<double> points, Span<double> below)
    {
        Vector<double> x0 = At(points, 0), x1 = At(points, 1), x2 = At(points, 2), x3 = At(points, 3);
        Vector<double> d = new(diagonal[0]);
        Vector<double> q0 = d - x0, q1 = d - x1, q2 = d - x2, q3 = d - x3;
        Vector<double> below0 = OneIfNegative(q0), below1 = OneIfNegative(q1), below2 = OneIfNegative(q2), below3 = OneIfNegative(q3);
        for (int i = 0; i < squares.Length; i++)
        {
            d = new(diagonal[i + 1]);
            Vector<double> square = new(squares[i]);
            q0 = d - x0 - (square / q0);
            q1 = d - x1 - (square / q1);
            q2 = d - x2 - (square / q2);
            q3 = d - x3 - (square / q3);
            below0 += OneIfNegative(q0);
            below1 += OneIfNegative(q1);
            below2 += OneIfNegative(q2);
            below3 += OneIfNegative(q3);
        }

        Put(below0, below, 0);
        Put(below1, below, 1);
        Put(below2, below, 2);
        Put(below3, below, 3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EvaluateTwo(
        ReadOnlySpan<double> diagonal,
        ReadOnlySpan<double> squares,
        Span<double> points,
        Span<double> below,
        Span<double> sums,
        Span<double> squareSums)
    {
        Vector<double> x0 = At(points, 0), x1 = At(points, 1);
        Vector<double> d = new(diagonal[0]), q0 = d - x0, q1 = d - x1;
        Vector<double> r0 = Vector<double>.One / q0, r1 = Vector<double>.One / q1;
        Vector<double> u0 = -r0, u1 = -r1, z0 = Vector<double>.Zero, z1 = z0;
        Vector<double> sum0 = u0, sum1 = u1, squareSum0 = u0 * u0, squareSum1 = u1 * u1;
        Vector<double> below0 = OneIfNegative(q0), below1 = OneIfNegative(q1);
        for (int i = 0; i < squares.Length; i++)
        {
            d = new(diagonal[i + 1]);
            Vector<double> square = new(squares[i]);
            Vector<double> t0 = square * r0, t1 = square * r1;
            q0 = d - x0 - t0;
            q1 = d - x1 - t1;
            below0 += OneIfNegative(q0);
            below1 += OneIfNegative(q1);
            r0 = Vector<double>.One / q0;
            r1 = Vector<double>.One / q1;
            z0 = t0 * Simd.MultiplyAdd(u0 * Minus2, u0, z0) * r0;
            z1 = t1 * Simd.MultiplyAdd(u1 * Minus2, u1, z1) * r1;
            u0 = Simd.MultiplyAdd(t0, u0, MinusOne) * r0;
            u1 = Simd.MultiplyAdd(t1, u1, MinusOne) * r1;
            sum0 += u0;
            sum1 += u1;
            squareSum0 += Simd.MultiplyAdd(u0, u0, -z0);
            squareSum1 += Simd.MultiplyAdd(u1, u1, -z1);
        }

        Put(below0, below, 0);
        Put(below1, below, 1);
        Put(sum0, sums, 0);
        Put(sum1, sums, 1);
        Put(squareSum0, squareSums, 0);
        Put(squareSum1, squareSums, 1);
    }

    private static Vector<double> Minus2 => new(-2.0);

    private static Vector<double> MinusOne => new(-1.0);

    private static Vector<double> OneIfNegative(Vector<double> q) =>
        Vector.BitwiseAnd(Vector.LessThan(q, Vector<double>.Zero).As<long, double>(), Vector<double>.One);

    private static Vector<double> At(Span<double> values, int vector) => new(values[(vector * Vector<double>.Count)..]);

    private static void Put(Vector<double> vector, Span<double> values, int place) => vector.CopyTo(values[(place * Vector<double>.Count)..]);
}
