using System.Numerics;
using MathNet.Numerics.Integration;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// (1/π) Im ∫ e^κ(v) dv from 0 to where the integrand has vanished, through the upper half-plane: what a contour integral through the saddle point v = 0 comes
/// to, as its lower half is the mirror image.
/// All singularities are real, so by Cauchy any way through the upper half-plane will do. This one is a chain of chords whose corners lie on the curve of
/// steepest descent, Im κ = 0, where the integrand is real and falls fastest. The curve always ends where the integral's own way ends, at infinity:
/// on the real axis Im κ is at least π/2 right of the first singularity and at most −π/2 left of it, so the curve cannot come back to the axis, nor end in the
/// singularity of a term with a slope, where e^κ vanishes as well. A corner that is off it by less than that keeps to the right side.
/// A chord is at most half as long as the distance to the nearest singularity, and on it the logarithm of the integrand falls by about 2:
/// there the m-point rule of Gauss has an error of about (3 + √8)^(−2m), the ellipse through a singularity two chords ahead.
/// Gauss's 10 points and Kronrod's 21, which hold them, tell the error.
/// </summary>
/// <param name="Value">The integral, by Kronrod's rule.</param>
/// <param name="Error">How far Gauss's rule is from it on all chords together, relative to the value.</param>
internal readonly record struct SteepestDescent(double Value, double Error)
{
    private const double Drop = 2;
    private const double Reach = 0.5;

    /// <summary>Of the value; what is left of the integral is left out when it is less.</summary>
    private const double Negligible = 1.0 / (1L << 56);

    /// <summary>How far Im κ may be from 0 at a corner: well below the π/2 that separates the curve from others.</summary>
    private const double PhaseTolerance = 0.25;

    /// <summary>Newton's steps back to the curve, before a chord is halved; and how often it is.</summary>
    private const int Corrections = 4;
    private const int Halvings = 60;

    /// <summary>
    /// |e^κ| falls at least as |v|^(−3/2), and a chord drops it by e² or lengthens |v| by up to half: to the last digit that are some hundred chords at most.
    /// </summary>
    private const int MostChords = 1000;

    /// <summary>Points on a chord. It is halved, at most so often, where the rules differ by more than this share of it.</summary>
    private const int Order = 21;
    private const int Bisections = 6;
    private const double Agreement = 1e-12;

    /// <summary>The integral; null if the curve could not be followed.</summary>
    /// <param name="form">κ.</param>
    public static SteepestDescent? Integral(TiltedForm form)
    {
        Complex corner = 0, sum = 0;
        double difference = 0;
        for (int chord = 0; chord < MostChords; chord++)
        {
            if (Next(form, corner) is not { } next)
                return null;
            (Complex start, Complex along) = (corner, next - corner);
            sum += along * GaussKronrodRule.ContourIntegrate(
                share => Complex.Exp(form.Exponent(start + (share * along))), 0, 1, out double error, out _, Agreement, Bisections, Order);
            difference += Complex.Abs(along) * error;
            corner = next;
            double left = Math.Exp(form.Exponent(corner).Real) / Complex.Abs(form.Derivatives(corner).First);
            if (left <= Negligible * sum.Imaginary)
                return new SteepestDescent(sum.Imaginary / Math.PI, difference / sum.Imaginary);
        }

        return null;
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
    /// The δ with κ′δ + ½κ″δ² = −Drop that is reached from 0 without passing the parabola's own saddle:
    /// δ = −2 Drop/(κ′(1 + √(1 − 2 Drop κ″/κ′²))) with the principal root. At the saddle, κ′ = 0, straight up.
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
