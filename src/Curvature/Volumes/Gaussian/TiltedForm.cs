using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// What e^K(s) does off the real axis, seen from a tilt s₁ ≠ 0. There Q is again a quadratic form, D_i(s₁ + v) = D_i (1 − 2 v c′_i), so that with c′ = c/D and
/// b′² = b²/D³
///     K(s₁ + v) − K(s₁) − v K′(s₁) = Σ v² b′²/(2(1 − 2 v c′)) − ½ log(1 − 2 v c′) − v c′ = κ(v).
/// The factor 1/s of a distribution function, −log(1 + v/s₁) + v/s₁, has the form of two more terms without slope whose curvature is −1/(2 s₁);
/// they are among those here. Lengths are in units that make κ″(0) = 1, so that every c′ and b′ is at most about 1 whatever the units and the depth.
/// All singularities of κ are real; each logarithm is the principal one of its own factor, which in the upper half-plane is continuous, as 1 − 2 v c′ is never
/// real there.
/// </summary>
internal sealed class TiltedForm
{
    private readonly ImmutableArray<double> _curvature;
    private readonly ImmutableArray<double> _slopeSquare;
    private readonly ImmutableArray<double> _weight;

    /// <summary>A form of c′ and b′ in the units of the caller.</summary>
    /// <param name="s">s₁.</param>
    /// <param name="curvatures">c′_i.</param>
    /// <param name="slopes">b′_i, as many.</param>
    /// <param name="weights">For how many equal curvatures each stands, as many.</param>
    public TiltedForm(double s, ReadOnlySpan<double> curvatures, ReadOnlySpan<double> slopes, ReadOnlySpan<double> weights)
    {
        double[] curvature = [.. curvatures, -0.5 / s, -0.5 / s];
        double[] slope = [.. slopes, 0, 0];
        _weight = [.. weights, 1, 1];
        Scale = EuclideanNorm.Of([.. slope, .. curvature.Select((c, i) => Math.Sqrt(2 * _weight[i]) * c)]);
        _curvature = [.. curvature.Select(c => c / Scale)];
        _slopeSquare = [.. slope.Select(b => b / Scale * (b / Scale))];
    }

    /// <summary>√(K″(s₁) + 1/s₁²): a length of 1 is that part of a unit of s.</summary>
    public double Scale { get; }

    /// <summary>κ(v).</summary>
    /// <param name="v">0, or in the upper half-plane.</param>
    public Complex Exponent(Complex v)
    {
        Complex square = v * v / 2;
        double real = 0, imaginary = 0;
        for (int i = 0; i < _curvature.Length; i++)
        {
            double x = 2 * v.Real * _curvature[i], y = 2 * v.Imaginary * _curvature[i];
            double norm = ((1 - x) * (1 - x)) + (y * y);
            double sloped = _slopeSquare[i] / norm, count = _weight[i];
            real += (sloped * ((square.Real * (1 - x)) - (square.Imaginary * y))) - (count * Math.Log(norm) / 4) - (count * x / 2);
            imaginary += (sloped * ((square.Imaginary * (1 - x)) + (square.Real * y))) + (count * Math.Atan2(y, 1 - x) / 2) - (count * y / 2);
        }

        return new Complex(real, imaginary);
    }

    /// <summary>κ′(v) = Σ v b′² (1 − v c′)/D² + 2 v c′²/D and κ″(v) = Σ b′²/D³ + 2 c′²/D², D = 1 − 2 v c′.</summary>
    /// <param name="v">0, or in the upper half-plane.</param>
    public (Complex First, Complex Second) Derivatives(Complex v)
    {
        Complex first = 0, second = 0;
        for (int i = 0; i < _curvature.Length; i++)
        {
            double c = _curvature[i], square = _slopeSquare[i];
            Complex inverse = 1 / (1 - (2 * c * v));
            Complex curved = 2 * _weight[i] * c * c * inverse;
            Complex sloped = square * inverse * inverse;
            first += v * (curved + (sloped * (1 - (c * v))));
            second += (curved + sloped) * inverse;
        }

        return (first, second);
    }

    /// <summary>How far the nearest singularity is from a point.</summary>
    /// <param name="v">0, or in the upper half-plane.</param>
    public double DistanceToSingularity(Complex v)
    {
        double nearest = double.PositiveInfinity;
        foreach (double c in _curvature)
        {
            if (c != 0)
                nearest = Math.Min(nearest, Complex.Abs(v - (0.5 / c)));
        }

        return nearest;
    }
}
