using System.Numerics;
using MathNet.Numerics.Integration;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// (1/π) Im ∫ e^κ(v) dv from 0 to where the integrand has vanished, through the upper half-plane: what a contour integral through the saddle point v = 0 comes to, as its lower half is the mirror image.
/// All singularities are real, so by Cauchy any way through the upper half-plane will do. This one is a chain of chords whose corners lie on the curve of steepest descent, Im κ = 0, where the integrand is
/// real and falls fastest. The curve always ends where the integral's own way ends, at infinity: on the real axis Im κ is at least π/2 right of the first singularity and at most −π/2 left of it, so the
/// curve cannot come back to the axis, nor end in the singularity of a term with a slope, where e^κ vanishes as well. A corner that is off it by less than that keeps to the right side.
/// A chord is at most half as long as the distance to the nearest singularity, and on it the logarithm of the integrand falls by about 2: there the m-point rule of Gauss and Legendre
/// has an error of about (3 + √8)^(−2m), the ellipse through a singularity two chords ahead. The rules with m points and with 2m tell the error.
/// </summary>
/// <param name="Value">The integral, by the finer rule.</param>
/// <param name="Error">How far the coarser rule is from it, relative to the value.</param>
/// <param name="Points">At how many points the integrand was looked at.</param>
internal readonly record struct SteepestDescent(double Value, double Error, int Points)
{
    private const double Drop = 2;
    private const double Reach = 0.5;

    /// <summary>Of the value; what is left of the integral is not looked at when it is less.</summary>
    private const double Negligible = 1.0 / (1L << 56);

    /// <summary>How far Im κ may be from 0 at a corner: well below the π/2 that separates the curve from others.</summary>
    private const double PhaseTolerance = 0.25;

    /// <summary>Newton's steps back to the curve, before a chord is halved; and how often it is.</summary>
    private const int Corrections = 4;
    private const int Halvings = 60;

    /// <summary>|e^κ| falls at least as |v|^(−3/2), and a chord drops it by e² or lengthens |v| by up to half: to the last digit that are some hundred chords at most.</summary>
    private const int MostChords = 1000;

    private static readonly GaussLegendreRule Coarse = new(0, 1, 10);
    private static readonly GaussLegendreRule Fine = new(0, 1, 20);

    /// <summary>The integral; null if the curve could not be followed.</summary>
    /// <param name="form">κ.</param>
    public static SteepestDescent? Integral(TiltedForm form)
    {
        Complex corner = 0, coarse = 0, fine = 0;
        for (int chord = 1; chord <= MostChords; chord++)
        {
            if (Next(form, corner) is not { } next)
                return null;
            coarse += Along(form, corner, next, Coarse);
            fine += Along(form, corner, next, Fine);
            corner = next;
            double left = Math.Exp(form.Exponent(corner).Real) / Complex.Abs(form.Derivatives(corner).First);
            if (left <= Negligible * Math.Abs(fine.Imaginary))
                return new SteepestDescent(fine.Imaginary / Math.PI, Math.Abs((coarse.Imaginary / fine.Imaginary) - 1), chord * (Coarse.Order + Fine.Order));
        }

        return null;
    }

    private static Complex Along(TiltedForm form, Complex from, Complex to, GaussLegendreRule rule)
    {
        Complex sum = 0;
        for (int i = 0; i < rule.Order; i++)
            sum += rule.GetWeight(i) * Complex.Exp(form.Exponent(from + (rule.GetAbscissa(i) * (to - from))));
        return sum * (to - from);
    }

    /// <summary>The next corner: ahead along the parabola through κ, κ′ and κ″, then by Newton's method to Im κ = 0.</summary>
    private static Complex? Next(TiltedForm form, Complex corner)
    {
        double height = form.Exponent(corner).Real, reach = Reach * form.DistanceToSingularity(corner);
        Complex ahead = Ahead(form.Derivatives(corner));
        if (Complex.Abs(ahead) > reach)
            ahead *= reach / Complex.Abs(ahead);
        for (int halving = 0; halving < Halvings; halving++)
        {
            Complex next = OntoCurve(form, corner + ahead);
            Complex exponent = next.Imaginary > 0 ? form.Exponent(next) : Complex.NaN;
            if (Math.Abs(exponent.Imaginary) < PhaseTolerance && exponent.Real < height && Complex.Abs(next - corner) < 2 * Complex.Abs(ahead))
                return next;
            ahead /= 2;
        }

        return null;
    }

    /// <summary>
    /// The δ with κ′δ + ½κ″δ² = −Drop that is reached from 0 without passing the parabola's own saddle: δ = −2 Drop/(κ′(1 + √(1 − 2 Drop κ″/κ′²))) with the principal root. At the saddle, κ′ = 0, straight up.
    /// </summary>
    private static Complex Ahead((Complex First, Complex Second) derivative) => derivative.First == Complex.Zero
        ? Complex.ImaginaryOne * Math.Sqrt(2 * Drop / derivative.Second.Real)
        : -2 * Drop / (derivative.First * (1 + Complex.Sqrt(1 - (2 * Drop * derivative.Second / (derivative.First * derivative.First)))));

    private static Complex OntoCurve(TiltedForm form, Complex v)
    {
        for (int correction = 0; correction < Corrections && v.Imaginary > 0; correction++)
        {
            double phase = form.Exponent(v).Imaginary;
            if (Math.Abs(phase) < PhaseTolerance)
                break;
            v -= Complex.ImaginaryOne * phase / form.Derivatives(v).First;
        }

        return v;
    }
}
