using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Solvers;

/// <summary>
/// Conjugate gradients for a positive definite A (Hestenes and Stiefel 1952), preconditioned by M. Of all x in the Krylov space of M⁻¹A the k-th has the least
/// error in the norm of A.
/// <code>
/// z = M⁻¹ r,  p = z + (rᵀz/r₋ᵀz₋) p₋,  α = rᵀz/pᵀA p,  x += α p,  r −= α A p
/// </code>
/// A direction with pᵀA p ≤ 0 proves that A is not positive definite; the search ends there and says so.
/// </summary>
public static class ConjugateGradients
{
    /// <summary>Solves A x = b for several b.</summary>
    /// <param name="map">A.</param>
    /// <param name="rightHandSides">[B, n]: b, one a row; left as they are.</param>
    /// <param name="preconditioner">M; null for none.</param>
    /// <param name="options">How far.</param>
    /// <param name="progress">Told the share of the way to the tolerance, on a logarithmic scale; may be null.</param>
    /// <param name="cancellation">Checked before each product.</param>
    /// <returns>One for each b.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="MatrixException">A right-hand side or a product is not finite, or lengths differ.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
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
        private readonly double[] _preconditioned;
        private readonly double[] _direction;
        private double _square;

        public Recurrence(double[] start, IPreconditioner? preconditioner)
            : base(start, preconditioner)
        {
            _preconditioned = new double[start.Length];
            Precondition(Residual, _preconditioned);
            _direction = [.. _preconditioned];
            _square = DotProduct.Of(Residual, _preconditioned);
        }

        public override ReadOnlySpan<double> Direction => _direction;

        public override void Accept(ReadOnlySpan<double> product)
        {
            double curvature = DotProduct.Of(product, _direction);
            if (curvature <= 0)
            {
                Breakdown = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The matrix is not positive definite: a direction has the curvature {curvature / DotProduct.Of(_direction, _direction):g6}; "
                    + $"take a larger shift, or MINRES, which needs none.");
                return;
            }

            double length = _square / curvature;
            Vectors.AddScaled(Solution, length, _direction);
            Vectors.AddScaled(Residual, -length, product);
            Precondition(Residual, _preconditioned);
            double square = DotProduct.Of(Residual, _preconditioned), ratio = square / _square;
            IsExhausted = square == 0;
            for (int i = 0; i < _direction.Length; i++)
                _direction[i] = _preconditioned[i] + (ratio * _direction[i]);
            _square = square;
        }
    }
}
