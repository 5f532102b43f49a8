namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues of a symmetric tridiagonal matrix by the implicit QL algorithm in the form of Pal, Walker and Kahan, which works with the squares
/// of the off-diagonal elements and needs no square root inside a sweep.
/// </summary>
/// <remarks>
/// One sweep on rows l … m with shift σ factors T − σI = Q L from the bottom up by rotations with cosine c and sine s and forms L Q + σI.
/// With γ for the diagonal element that a rotation passes upwards and p = γ²/c² for its square before the rotation,
///     r = p + e²;   e²(next lower) ← s² r;   c² = p/r;   s² = e²/r;   γ ← c²(d − σ) − s² γ;   d(next lower) ← γ(old) + d − γ(new),
/// which contains squares only (Parlett, The Symmetric Eigenvalue Problem, section 8.15; LAPACK's dsterf). σ is Wilkinson's shift: the eigenvalue of
/// the top 2 × 2 block nearer to its first element; the off-diagonal element there then vanishes cubically in general.
///
/// An off-diagonal element is taken as 0 when e² ≤ ε²|d d′| (Weyl: no eigenvalue moves by more than ε‖T‖), or when it is below ε²‖T‖, which
/// ends the search for further digits in blocks that are zero but for rounding. A block is turned upside down when its top is the larger end:
/// QL finds small eigenvalues of a matrix graded upwards last and loses them. No bound is absolute.
/// </remarks>
internal static class TridiagonalEigenvalues
{
    private const double Epsilon = Spectrum.DoubleRoundoff;

    /// <summary>QL takes fewer than two sweeps per eigenvalue; this many never happen and would mean a fault here.</summary>
    private const int SweepsPerEigenvalue = 30;

    /// <summary>The eigenvalues in ascending order. The matrix is expected scaled so that squares neither overflow nor matter when they underflow.</summary>
    public static double[] Compute(TridiagonalMatrix matrix, CancellationToken cancellation)
    {
        double[] diagonal = [.. matrix.Diagonal];
        double[] squares = Array.ConvertAll(matrix.OffDiagonal, e => e * e);
        double negligible = Epsilon * Epsilon * matrix.Norm;
        double floor = negligible * negligible;
        for (int start = 0; start < diagonal.Length;)
        {
            int last = UnreducedEnd(diagonal, squares, start, floor);
            Diagonalise(diagonal.AsSpan(start..(last + 1)), squares.AsSpan(start..last), floor, cancellation);
            start = last + 1;
        }

        Array.Sort(diagonal);
        return diagonal;
    }

    /// <summary>The last row of the block that begins at <paramref name="start"/>; the element that ends it is set to 0.</summary>
    private static int UnreducedEnd(Span<double> diagonal, Span<double> squares, int start, double floor)
    {
        for (int i = start; i < squares.Length; i++)
        {
            if (squares[i] <= Math.Max(floor, Epsilon * Epsilon * Math.Abs(diagonal[i] * diagonal[i + 1])))
            {
                squares[i] = 0;
                return i;
            }
        }

        return squares.Length;
    }

    private static void Diagonalise(Span<double> diagonal, Span<double> squares, double floor, CancellationToken cancellation)
    {
        if (Math.Abs(diagonal[^1]) < Math.Abs(diagonal[0]))
        {
            diagonal.Reverse();
            squares.Reverse();
        }

        int sweepsLeft = SweepsPerEigenvalue * diagonal.Length;
        for (int first = 0; first < squares.Length;)
        {
            int last = UnreducedEnd(diagonal, squares, first, floor);
            if (last == first)
            {
                first++;
            }
            else if (last == first + 1)
            {
                SolveTwoByTwo(ref diagonal[first], ref squares[first], ref diagonal[last]);
                first += 2;
            }
            else
            {
                cancellation.ThrowIfCancellationRequested();
                if (sweepsLeft-- == 0)
                    throw new InvalidOperationException("The QL algorithm did not converge on a finite tridiagonal matrix.");
                Sweep(diagonal[first..(last + 1)], squares[first..last]);
            }
        }
    }

    /// <summary>
    /// Eigenvalues of [[a, e], [e, c]]: the one of larger magnitude is ½(a + c ± √((a − c)² + 4e²)) without cancellation, the other follows
    /// from the determinant.
    /// </summary>
    private static void SolveTwoByTwo(ref double a, ref double square, ref double c)
    {
        double sum = a + c;
        double difference = a - c;
        double larger = 0.5 * (sum + Math.CopySign(Math.Sqrt((difference * difference) + (4 * square)), sum));
        double smaller = (a / larger * c) - (square / larger);
        (a, square, c) = (smaller, 0, larger);
    }

    private static void Sweep(Span<double> diagonal, Span<double> squares)
    {
        int last = squares.Length;
        double shift = WilkinsonShift(diagonal[0], squares[0], diagonal[1]);
        double cosine = 1;
        double sine = 0;
        double gamma = diagonal[last] - shift;
        double p = gamma * gamma;
        for (int i = last - 1; i >= 0; i--)
        {
            double square = squares[i];
            double r = p + square;
            if (i + 1 < last)
                squares[i + 1] = sine * r;
            double oldCosine = cosine;
            cosine = p / r;
            sine = square / r;
            double oldGamma = gamma;
            gamma = (cosine * (diagonal[i] - shift)) - (sine * oldGamma);
            diagonal[i + 1] = oldGamma + (diagonal[i] - gamma);
            // As c² tends to 0, γ²/c² tends to the square that the previous rotation left.
            p = cosine != 0 ? gamma * gamma / cosine : oldCosine * square;
        }

        squares[0] = sine * p;
        diagonal[0] = shift + gamma;
    }

    private static double WilkinsonShift(double top, double square, double next)
    {
        double offDiagonal = Math.Sqrt(square);
        double half = (next - top) / (2 * offDiagonal);
        return top - (offDiagonal / (half + Math.CopySign(Math.Sqrt((half * half) + 1), half)));
    }
}
