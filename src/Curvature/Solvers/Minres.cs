using System.Collections.Immutable;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// The method of minimal residuals for a symmetric A of any inertia (Paige and Saunders 1975), preconditioned by a positive definite M (Elman, Silvester and
/// Wathen, Finite Elements and Fast Iterative Solvers, algorithm 4.1). Lanczos' recurrence in the inner product of M,
/// <code>
/// γ₊ v₊ = A z − (δ/γ) v − (γ/γ₋) v₋,   z = M⁻¹ v/γ,   δ = zᵀA z,   γ₊² = v₊ᵀ M⁻¹ v₊,
/// </code>
/// makes A tridiagonal; plane rotations make that triangular as it grows, and x moves along w = (z − α₃ w₋₋ − α₂ w₋)/α₁ so that rᵀM⁻¹r is least.
/// A w, which the same combination of products gives, keeps r itself, so that the residual is known in the plain norm as well.
/// </summary>
public static class Minres
{
    /// <summary>Solves A x = b for several b.</summary>
    /// <inheritdoc cref="ConjugateGradients.Solve" path="/*[not(self::summary)]"/>
    public static ImmutableArray<Solution> Solve(
        ILinearMap map,
        Matrix rightHandSides,
        IPreconditioner? preconditioner,
        SolveOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
        => BlockSolve.Run(map, rightHandSides, options, residual => new Recurrence(residual, preconditioner), progress, cancellation);

    private sealed class Recurrence : KrylovRecurrence
    {
        // A γ so small against what has been seen of the matrix is rounding.
        private const double Negligible = 16 * Spectrum.DoubleRoundoff;

        private (double[] Before, double[] Now, double[] Next) _v;
        private (double[] Now, double[] Next) _z;
        private (double[] Before, double[] Now) _w, _images;
        private (double Cosine, double Sine) _before = (1, 0), _now = (1, 0);
        private (double Before, double Now) _gamma;
        private double _left;
        private double _seen;

        public Recurrence(double[] start, IPreconditioner? preconditioner)
            : base(start, preconditioner)
        {
            int n = start.Length;
            (_v, _z) = ((new double[n], [.. start], new double[n]), (new double[n], new double[n]));
            (_w, _images) = ((new double[n], new double[n]), (new double[n], new double[n]));
            Precondition(start, _z.Now);
            _left = Math.Sqrt(DotProduct.Of(start, _z.Now));
            _gamma = (1, _left);
            Vectors.Scale<double>(_z.Now, 1 / _left);
        }

        public override ReadOnlySpan<double> Direction => _z.Now;

        public override void Accept(ReadOnlySpan<double> product)
        {
            double delta = DotProduct.Of(product, _z.Now), gamma = NextGamma(product, delta);
            // The row's new column goes through the two rotations before it; a third one takes γ₊ away.
            double diagonal = (_now.Cosine * delta) - (_before.Cosine * _now.Sine * _gamma.Now);
            double above = (_now.Sine * delta) + (_before.Cosine * _now.Cosine * _gamma.Now), twoAbove = _before.Sine * _gamma.Now;
            double length = double.Hypot(diagonal, gamma);
            IsExhausted = gamma == 0;
            if (length <= Negligible * _seen)
            {
                Breakdown = "The matrix is singular on what its products reach from the right-hand side, so that there need be no solution; "
                    + "take a shift, or a right-hand side in its range.";
                return;
            }

            (double Cosine, double Sine) rotation = (diagonal / length, gamma / length);
            Continue(ref _w, _z.Now, above, twoAbove, length);
            Continue(ref _images, product, above, twoAbove, length);
            Vectors.AddScaled(Solution, rotation.Cosine * _left, _w.Now);
            Vectors.AddScaled(Residual, -rotation.Cosine * _left, _images.Now);
            _left *= -rotation.Sine;
            (_before, _now) = (_now, rotation);
            (_v, _z, _gamma) = ((_v.Now, _v.Next, _v.Before), (_z.Next, _z.Now), (_gamma.Now, gamma));
        }

        // v₊ and z₊ of length 1, and γ₊; 0 where nothing but rounding is left.
        private double NextGamma(ReadOnlySpan<double> product, double delta)
        {
            product.CopyTo(_v.Next);
            Vectors.AddScaled(_v.Next, -delta / _gamma.Now, _v.Now);
            Vectors.AddScaled(_v.Next, -_gamma.Now / _gamma.Before, _v.Before);
            Precondition(_v.Next, _z.Next);
            double gamma = Math.Sqrt(Math.Max(0, DotProduct.Of(_v.Next, _z.Next)));
            _seen = Math.Max(_seen, Math.Max(Math.Abs(delta), gamma));
            if (gamma <= Negligible * _seen)
                return 0;
            Vectors.Scale<double>(_z.Next, 1 / gamma);
            return gamma;
        }

        // (vector − α₃ before − α₂ now)/α₁ becomes the new one, in the place of the one before.
        private static void Continue(ref (double[] Before, double[] Now) search, ReadOnlySpan<double> vector, double above, double twoAbove, double length)
        {
            double[] target = search.Before, now = search.Now;
            for (int i = 0; i < target.Length; i++)
                target[i] = (vector[i] - (twoAbove * target[i]) - (above * now[i])) / length;
            search = (now, target);
        }
    }
}
