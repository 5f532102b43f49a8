using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Curvature.Dense;

/// <summary>A root of the secular equation as the nearer pole and the distance from it: the sum would lose the digits of the distance.</summary>
/// <param name="Origin">The index of the pole.</param>
/// <param name="Offset">Root minus pole; never 0.</param>
internal readonly record struct SecularRoot(int Origin, double Offset)
{
    /// <summary>Poles minus the root, to full relative precision.</summary>
    /// <param name="poles">The first of some poles.</param>
    /// <param name="first">Which of them is the first of the vector.</param>
    /// <param name="origins">The poles that <see cref="Origin"/> counts.</param>
    public Vector<double> DistanceTo(ref double poles, int first, double[] origins)
        => Vector.LoadUnsafe(ref poles, (nuint)first) - new Vector<double>(origins[Origin]) - new Vector<double>(Offset);
}

/// <summary>
/// The roots of f(λ) = 1 + Σ w_i/(d_i − λ), with poles d_0 &lt; d_1 &lt; … and weights w_i &gt; 0: the eigenvalues of diag(d) + y yᵀ, w_i = y_i².
/// </summary>
/// <remarks>
/// f rises from −∞ to +∞ between neighbouring poles, and from −∞ to 1 behind the last: root j lies between d_j and d_(j+1), the last one at most Σw behind its
/// pole.
/// The sign of f in the middle of the interval tells the nearer pole, from which everything is then measured: λ = d_o + μ.
///
/// Each step replaces the sum over the poles up to d_j and the sum over those behind by a constant and one fraction with pole d_j or d_(j+1), with the same
/// values and slopes ψ, ψ′, φ, φ′ at μ. With Δ₁ = d_j − λ and Δ₂ = d_(j+1) − λ, the root of that model is λ + η,
///     c η² − a η + b = 0,   a = (Δ₁ + Δ₂) f − Δ₁Δ₂ (ψ′ + φ′),   b = Δ₁Δ₂ f,   c = f − Δ₁ψ′ − Δ₂φ′
/// (Bunch, Nielsen and Sorensen 1978; Li 1994). It converges quadratically; whatever leaves the bracket is replaced by a bisection of the bracket's logarithm.
/// The iteration ends when f is zero to the rounding of its own sum (Gu and Eisenstat 1995), which is what orthogonal eigenvectors need.
/// </remarks>
internal static class SecularEquation
{
    /// <summary>Model steps that are enough many times over; after them only bisections are made, which cannot fail.</summary>
    private const int ModelSteps = 40;

    private const int MaximumSteps = 400;

    /// <summary>How far bisection goes at once from a bracket that ends in a pole: the distance may be smaller by many powers of ten.</summary>
    private const double TowardsPole = 1.0 / 1024;

    /// <summary>Root number <paramref name="index"/> in ascending order.</summary>
    /// <param name="poles">d, ascending; behind <paramref name="count"/> elements infinity up to a whole number of vectors.</param>
    /// <param name="weights">w; behind <paramref name="count"/> elements 0 up to a whole number of vectors.</param>
    /// <param name="count">How many poles.</param>
    /// <param name="index">0 … count − 1.</param>
    public static SecularRoot Root(ReadOnlySpan<double> poles, ReadOnlySpan<double> weights, int count, int index)
    {
        if (index == count - 1)
        {
            double all = 0;
            foreach (double weight in weights[..count])
                all += weight;
            return new SecularRoot(index, Iterate(new Interval(poles, weights, index, index), 0, all, all));
        }

        double gap = poles[index + 1] - poles[index];
        Sums middle = new Interval(poles, weights, index, index).At(gap / 2);
        double rest = middle.Value + (2 / gap * (weights[index] - weights[index + 1]));
        double both = weights[index] + weights[index + 1];
        if (middle.Value >= 0)
        {
            double start = SmallerRoot(rest, (rest * gap) + both, weights[index] * gap);
            return new SecularRoot(index, Iterate(new Interval(poles, weights, index, index), 0, gap / 2, start));
        }
        else
        {
            double start = SmallerRoot(rest, both - (rest * gap), -weights[index + 1] * gap);
            return new SecularRoot(index + 1, Iterate(new Interval(poles, weights, index, index + 1), -gap / 2, 0, start));
        }
    }

    private static double Iterate(Interval interval, double low, double high, double start)
    {
        double offset = start > low && start < high || start == high && high > 0 ? start : Bisect(low, high);
        for (int step = 0; step < MaximumSteps; step++)
        {
            Sums sums = interval.At(offset);
            if (sums.Value < 0)
                low = offset;
            else
                high = offset;
            double next = step < ModelSteps ? offset + interval.ModelStep(sums, offset) : double.NaN;
            // What the sums still know is used: the last step costs nothing more.
            bool isInside = next > low && next < high;
            if (Math.Abs(sums.Value) <= sums.Rounding(offset))
                return isInside ? next : offset;
            if (!isInside)
                next = Bisect(low, high);
            if (next == low || next == high)
                return offset;
            offset = next;
        }

        return offset;
    }

    private static double Bisect(double low, double high)
    {
        if (low == 0)
            return high * TowardsPole;
        if (high == 0)
            return low * TowardsPole;
        double ratio = high / low;
        return ratio is >= 0.25 and <= 4 ? low + ((high - low) / 2) : Math.CopySign(Math.Sqrt(Math.Abs(low)) * Math.Sqrt(Math.Abs(high)), low);
    }

    /// <summary>The root of c x² − a x + b that lies between the two poles, without cancellation.</summary>
    private static double SmallerRoot(double c, double a, double b)
    {
        double discriminant = Math.Sqrt(Math.Max(0, (a * a) - (4 * b * c)));
        return a > 0 ? 2 * b / (a + discriminant) : (a - discriminant) / (2 * c);
    }

    /// <summary>f at one point, as the sums over the poles before (ψ) and behind (φ), with their slopes.</summary>
    private readonly record struct Sums(double Before, double Behind, double SlopeBefore, double SlopeBehind)
    {
        public double Value => 1 + Before + Behind;

        public double Slope => SlopeBefore + SlopeBehind;

        /// <summary>What rounding in the sums and in the offset itself may leave in place of 0.</summary>
        public double Rounding(double offset) => Spectrum.DoubleRoundoff * ((4 * (1 - Before + Behind)) + (Math.Abs(offset) * Slope));
    }

    /// <summary>f behind pole number <paramref name="index"/>, at offsets from pole number <paramref name="origin"/>.</summary>
    private readonly ref struct Interval(ReadOnlySpan<double> poles, ReadOnlySpan<double> weights, int index, int origin)
    {
        private readonly ReadOnlySpan<double> _poles = poles;
        private readonly ReadOnlySpan<double> _weights = weights;
        private readonly double _origin = poles[origin];
        private readonly double _left = poles[index];
        private readonly double _right = index + 1 < poles.Length ? poles[index + 1] : double.PositiveInfinity;

        public Sums At(double offset)
        {
            ref double d = ref MemoryMarshal.GetReference(_poles);
            ref double w = ref MemoryMarshal.GetReference(_weights);
            Vector<double> origins = new(_origin), offsets = new(offset), zero = Vector<double>.Zero;
            Vector<double> before = zero, behind = zero, slopeBefore = zero, slopeBehind = zero;
            for (nuint i = 0; i < (nuint)_poles.Length; i += (nuint)Vector<double>.Count)
            {
                Vector<double> inverse = Vector<double>.One / (Vector.LoadUnsafe(ref d, i) - origins - offsets);
                Vector<double> term = Vector.LoadUnsafe(ref w, i) * inverse;
                Vector<double> slope = term * inverse;
                before += Vector.Min(term, zero);
                behind += Vector.Max(term, zero);
                Vector<long> isBefore = Vector.LessThan(inverse, zero);
                slopeBefore += Vector.ConditionalSelect(isBefore, slope, zero);
                slopeBehind += Vector.ConditionalSelect(isBefore, zero, slope);
            }

            return new Sums(Vector.Sum(before), Vector.Sum(behind), Vector.Sum(slopeBefore), Vector.Sum(slopeBehind));
        }

        public double ModelStep(in Sums sums, double offset)
        {
            double f = sums.Value;
            double left = _left - _origin - offset;
            double right = _right - _origin - offset;
            // Behind the last pole there is one fraction only: p + q/(Δ − η) = 0.
            double step = double.IsPositiveInfinity(right)
                ? f * left / (f - (sums.Slope * left))
                : SmallerRoot(
                    f - (left * sums.SlopeBefore) - (right * sums.SlopeBehind),
                    ((left + right) * f) - (left * right * sums.Slope),
                    left * right * f);
            return step * f < 0 ? step : -f / sums.Slope;
        }
    }
}
