using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// What was computed of a loss at one θ, and the sizes that rounding is measured against.
/// <para>
/// The bounds of all identities are made of two scales. A sample's share of H is a sum of Jᵀ K J and r ∇²o, that of g is Jᵀ r, with J the Jacobian of its
/// output o and r and K the loss's derivatives in o. Those are right relative to themselves, however small they are, so rounding is measured by the size of
/// each sample's own terms (ρ and κ of <see cref="LossTerms"/>) and not by that of the matrix or of p:
/// </para>
/// <code>
/// h = ‖H‖_F + Σ ω κ ‖J‖²_F        γ = |g| + Σ ω ρ ‖J‖_F
/// </code>
/// <para>
/// A sum of m rounded terms is off by about √m ε of their size, and no sum here runs over many more than n + N terms of one size (n parameters, N samples), so
/// that 4 √(n + N) ε times a scale is what rounding can do; a mistake is not so small.
/// Where outputs are rounded anew, by another device or in another order, each sample's terms count 1 + |o| times (h' and γ'):
/// an error of o is a relative one of its exponential.
/// </para>
/// </summary>
public sealed record Derivatives
{
    // Enough for scales that are right to some ten percent.
    private const int ScaleDirections = 4;
    private const int BlockOfDirections = 32;

    private Derivatives(Passes passes) => Passes = passes;

    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>θ as it was on the device, [n].</summary>
    public required double[] Parameters { get; init; }

    /// <summary>g = ∇L, [n].</summary>
    public required double[] Gradient { get; init; }

    /// <summary>H itself when it was computed; null when there are only products with it.</summary>
    public Hessian? Hessian { get; init; }

    /// <summary>h, the scale of rounding in H.</summary>
    public required double CurvatureScale { get; init; }

    /// <summary>γ, the scale of rounding in g.</summary>
    public required double GradientScale { get; init; }

    /// <summary>h', the scale of rounding where outputs are computed anew.</summary>
    public required double RecomputedCurvatureScale { get; init; }

    /// <summary>γ', likewise.</summary>
    public required double RecomputedGradientScale { get; init; }

    /// <summary>4 √(n + N), N the number of samples.</summary>
    public required double Growth { get; init; }

    /// <summary>ε, the unit roundoff of the precision that the device computed in.</summary>
    public required double Roundoff { get; init; }

    /// <summary>4 √(n + N) ε.</summary>
    public double Rounding => Growth * Roundoff;

    /// <summary>n.</summary>
    public int Count => Parameters.Length;

    /// <summary>What else can be computed at θ.</summary>
    internal Passes Passes { get; init; }

    /// <summary>Collects them.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network; its parameters are set here, and must stay so while identities are checked.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="parameters">θ.</param>
    /// <param name="hessian">H at θ, if it was computed; products are then taken with it, so that it is what is checked.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">There are not n parameters, no samples, or a label is not a class of the network.</exception>
    public static Derivatives Of<T>(
        Plan<T> plan, ISamples samples, ReadOnlySpan<T> parameters, Hessian? hessian = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        plan.SetParameters(parameters);
        T[] copy = parameters.ToArray();
        int n = copy.Length;
        double[] gradient = hessian?.Gradient ?? new double[n];
        if (hessian is null)
            Autodiff.Gradient.Compute(plan, samples, gradient);
        Matrix signs = Signs.Draw(ScaleDirections, n, seed: 1);
        double norm = hessian?.FrobeniusNorm ?? (
            EuclideanNorm.InOrder(Autodiff.Hessian.Multiply(plan, samples, signs, cancellation: cancellation).Values) / Math.Sqrt(ScaleDirections));
        var terms = TermSweep.Run(plan, samples, signs);
        return new(new Passes<T>(plan, samples, copy, hessian?.Matrix))
        {
            Network = plan.Network,
            Parameters = Array.ConvertAll(copy, double.CreateTruncating),
            Gradient = gradient,
            Hessian = hessian,
            CurvatureScale = norm + terms.Curvature,
            GradientScale = EuclideanNorm.InOrder(gradient) + terms.Gradient,
            RecomputedCurvatureScale = norm + terms.RecomputedCurvature,
            RecomputedGradientScale = EuclideanNorm.InOrder(gradient) + terms.RecomputedGradient,
            Growth = 4 * Math.Sqrt((double)n + samples.Count),
            Roundoff = double.CreateTruncating(T.BitIncrement(T.One) - T.One),
        };
    }

    /// <summary>H times each row: by H where it is held, and else block by block.</summary>
    internal Matrix Multiply(Matrix directions, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Hessian is not null || directions.Rows <= BlockOfDirections)
            return Passes.MultiplyHessian(directions, cancellation);
        var products = new Matrix(directions.Rows, Count);
        for (int first = 0; first < directions.Rows; first += BlockOfDirections)
        {
            int rows = Math.Min(BlockOfDirections, directions.Rows - first);
            var block = new Matrix(rows, Count, directions.Values[(first * Count)..((first + rows) * Count)]);
            Passes.MultiplyHessian(block, cancellation).Values.CopyTo(products.Values, first * Count);
            progress?.Report((double)(first + rows) / directions.Rows);
        }

        return products;
    }
}
