using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The eigenvalues of a symmetric tridiagonal matrix whose off-diagonal elements are not zero, all searched side by side:
/// bisection until each has a bracket for itself, then Laguerre's iteration.
/// </summary>
/// <remarks>
/// Counts of eigenvalues below points (<see cref="SturmSequences"/>) bracket them. From x Laguerre's step to the nearest of m real roots on one side is
///     x − m/(s ± √((m − 1)(m s₂ − s²))),   s = Σ 1/(x − λ),   s₂ = Σ 1/(x − λ)²,
/// plus to a root below x, minus to one above. It passes no root and its error falls with the third power (Parlett, The Symmetric Eigenvalue Problem,
/// section 8.11, gives Laguerre's bounds). With δ for the step, 1/δ² is the nearest root's share of s₂ and the others have the rest, so |δ| |δ² s₂ − 1|
/// tells about how far from the root the step ends.
///
/// A step that ends within the tolerance ε|x|, or ε‖T‖/16 next to 0, is not believed but tried: the eigenvalue is found when counts on both sides of it,
/// a tolerance away, differ. Where Laguerre's iteration fails, for example as a pivot vanishes, bisection goes on. So the result depends on counts alone,
/// and each eigenvalue is off by at most about two units of ‖T‖. Eigenvalues closer to each other than the tolerance are given as one value.
/// </remarks>
/// <param name="diagonal">The m elements of the diagonal, m ≥ 2.</param>
/// <param name="squares">The squares of the m − 1 elements beside it, not zero.</param>
/// <param name="threads">The team to compute with; the result does not depend on its size.</param>
internal sealed class EigenvalueSearch(ReadOnlyMemory<double> diagonal, ReadOnlyMemory<double> squares, HostThreads threads)
{
    /// <summary>Laguerre's iteration takes three or four steps from a bracket's middle; after this many the bracket is halved instead.</summary>
    private const int MostSteps = 8;

    /// <summary>The part of ε‖T‖ that is the tolerance next to 0: many eigenvalues there, all off to one side, would show in their sum.</summary>
    private const double Divisor = 16;

    private readonly SturmSequences _sequences = new(diagonal, squares, threads);
    private readonly int _order = diagonal.Length;

    /// <summary>The tolerance next to 0.</summary>
    private double _finest;

    /// <summary>Puts the m eigenvalues in their places, ascending but for rounding.</summary>
    /// <param name="eigenvalues">Receives them.</param>
    /// <param name="cancellation">Checked before each round.</param>
    public void Run(Span<double> eigenvalues, CancellationToken cancellation)
    {
        Bracket all = Enclose(diagonal.Span, squares.Span);
        _finest = Spectrum.DoubleRoundoff * Math.Max(Math.Abs(all.Low), Math.Abs(all.High)) / Divisor;
        List<Bracket> several = [all], halves = [], single = [];
        while (several.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Halve(several, halves);
            several.Clear();
            foreach (Bracket half in halves)
            {
                if (half.Count > 1 && IsOpen(half))
                    several.Add(half);
                else if (half.Count > 1)
                    eigenvalues[half.Below..half.Upto].Fill(half.Middle);
                else
                    single.Add(half);
            }
        }

        while (single.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Step(single);
            Try(single, eigenvalues);
        }
    }

    /// <summary>Gershgorin's bounds on all eigenvalues.</summary>
    private static Bracket Enclose(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> squares)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, before = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double after = i < squares.Length ? Math.Sqrt(squares[i]) : 0;
            low = Math.Min(low, diagonal[i] - before - after);
            high = Math.Max(high, diagonal[i] + before + after);
            before = after;
        }

        // Wider than rounding could make them too narrow.
        double margin = 2 * diagonal.Length * Spectrum.DoubleRoundoff * Math.Max(Math.Abs(low), Math.Abs(high));
        return new(low - margin, high + margin, 0, diagonal.Length);
    }

    private bool IsOpen(in Bracket bracket) => bracket.High - bracket.Low > 3 * Tolerance(bracket.Middle);

    private double Tolerance(double x) => Math.Max(_finest, Spectrum.DoubleRoundoff * Math.Abs(x));

    private void Halve(List<Bracket> brackets, List<Bracket> halves)
    {
        for (int i = 0; i < brackets.Count; i++)
            _sequences.Points[i] = brackets[i].Middle;
        _sequences.Count(brackets.Count);
        halves.Clear();
        for (int i = 0; i < brackets.Count; i++)
        {
            Bracket bracket = brackets[i];
            double middle = bracket.Middle;
            // Between the counts of its ends, even if rounding should say otherwise.
            int below = Math.Clamp((int)_sequences.Below[i], bracket.Below, bracket.Upto);
            if (below > bracket.Below)
                halves.Add(new(bracket.Low, middle, bracket.Below, below));
            if (below < bracket.Upto)
                halves.Add(new(middle, bracket.High, below, bracket.Upto));
        }
    }

    /// <summary>A step from the point of each bracket, which becomes an end of it, to the next one.</summary>
    private void Step(List<Bracket> brackets)
    {
        for (int i = 0; i < brackets.Count; i++)
            _sequences.Points[i] = brackets[i].Point;
        _sequences.Evaluate(brackets.Count);
        for (int i = 0; i < brackets.Count; i++)
            brackets[i] = Stepped(brackets[i], _sequences.Below[i], _sequences.Sums[i], _sequences.SquareSums[i]);
    }

    private Bracket Stepped(in Bracket bracket, double below, double sum, double squareSum)
    {
        double point = bracket.Point;
        Bracket cut = bracket.CutAt(point, below) with { Steps = bracket.Steps + 1 };
        if (!IsOpen(cut))
            return cut with { Point = cut.Middle, IsCandidate = true };
        double root = Math.Sqrt(Math.Max(0, (_order - 1) * ((_order * squareSum) - (sum * sum))));
        double step = -_order / (sum + (cut.High == point ? root : -root));
        if (!double.IsFinite(step))
            return cut with { IsCandidate = true };
        double next = point + step;
        if (cut.Steps > MostSteps || !cut.Holds(next))
            return cut with { Point = cut.Middle };
        double error = Math.Abs(step * ((step * step * squareSum) - 1));
        return cut with { Point = next, IsCandidate = error <= Tolerance(next) };
    }

    /// <summary>Counts on both sides of the candidates, and takes those brackets out whose eigenvalue is known.</summary>
    private void Try(List<Bracket> brackets, Span<double> eigenvalues)
    {
        int points = 0;
        foreach (Bracket bracket in brackets)
        {
            if (!bracket.IsCandidate)
                continue;
            _sequences.Points[points++] = bracket.Point - Tolerance(bracket.Point);
            _sequences.Points[points++] = bracket.Point + Tolerance(bracket.Point);
        }

        _sequences.Count(points);
        points = 0;
        int left = 0;
        for (int i = 0; i < brackets.Count; i++)
        {
            Bracket bracket = brackets[i];
            if (bracket.IsCandidate)
            {
                Bracket cut = bracket
                    .CutAt(bracket.Point - Tolerance(bracket.Point), _sequences.Below[points++])
                    .CutAt(bracket.Point + Tolerance(bracket.Point), _sequences.Below[points++]);
                if (!IsOpen(cut))
                {
                    eigenvalues[bracket.Below] = Math.Clamp(bracket.Point, cut.Low, cut.High);
                    continue;
                }

                bracket = Missed(cut, bracket.Point);
            }

            brackets[left++] = bracket;
        }

        brackets.RemoveRange(left, brackets.Count - left);
    }

    /// <summary>
    /// A bracket whose eigenvalue is not where it was thought to be. By rounding it may be a little further off, so that the next point is just beyond.
    /// </summary>
    private Bracket Missed(in Bracket cut, double point)
    {
        double beyond = cut.Low > point ? cut.Low + (2 * Tolerance(point)) : cut.High - (2 * Tolerance(point));
        return cut with { Point = cut.Steps <= MostSteps && cut.Holds(beyond) ? beyond : cut.Middle, IsCandidate = false };
    }

    /// <summary>An interval with the eigenvalues number <paramref name="Below"/> … <paramref name="Upto"/> − 1, counted from 0 in ascending order.</summary>
    private readonly record struct Bracket(double Low, double High, int Below, int Upto)
    {
        public int Count => Upto - Below;

        public double Middle => Low + (0.5 * (High - Low));

        /// <summary>Where to go on; of a bracket for one eigenvalue.</summary>
        public double Point { get; init; } = Low + (0.5 * (High - Low));

        /// <summary>Whether the point is thought to be the eigenvalue.</summary>
        public bool IsCandidate { get; init; }

        /// <summary>Steps made.</summary>
        public int Steps { get; init; }

        /// <summary>Whether a point is inside.</summary>
        public bool Holds(double point) => point > Low && point < High;

        /// <summary>The part on the eigenvalue's side of a point; a point outside cuts nothing.</summary>
        public Bracket CutAt(double point, double below)
        {
            if (!Holds(point))
                return this;
            return below > Below ? this with { High = point } : this with { Low = point };
        }
    }
}
