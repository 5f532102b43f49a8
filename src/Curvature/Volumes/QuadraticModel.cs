using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The loss around the weights θ* to second order, in the basis of the Hessian's eigenvectors v_i:
///     L(θ* + δ) ≈ L + Σ g_i δ_i + ½ Σ h_i δ_i²,   g_i = v_iᵀ∇L, δ_i = v_iᵀδ, and θ_i = v_iᵀθ* for penalties and priors that are centred at 0.
/// Entry i of every list belongs to eigenvalue i in ascending order.
/// </summary>
public sealed record QuadraticModel
{
    private QuadraticModel(double loss, Spectrum hessian, ImmutableArray<double> gradient, ImmutableArray<double> weights)
    {
        Loss = loss;
        Hessian = hessian;
        Gradient = gradient;
        Weights = weights;
    }

    /// <summary>L(θ*). A NaN where it is not known; an absolute threshold then leaves an empty basin.</summary>
    public double Loss { get; }

    /// <summary>How far the loss lies above L(θ*) at δ = 0 already, because parameters that are not among the n are held away from θ*; else 0.</summary>
    public double Rise { get; private init; }

    /// <summary>h_1 ≤ … ≤ h_n.</summary>
    public Spectrum Hessian { get; }

    /// <summary>g_i.</summary>
    public ImmutableArray<double> Gradient { get; }

    /// <summary>θ_i.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>n, the number of parameters.</summary>
    public int Dimension => Hessian.Order;

    /// <summary>What kind of stationary point the curvature makes.</summary>
    public QuadraticShape Shape => (Hessian.Inertia.Positive > 0, Hessian.Inertia.Negative > 0) switch
    {
        (false, false) => QuadraticShape.Flat,
        (true, false) => QuadraticShape.Minimum,
        (true, true) => QuadraticShape.Saddle,
        (false, true) => QuadraticShape.Maximum,
    };

    /// <summary>|g|.</summary>
    public double GradientNorm => Math.Sqrt(CompensatedSum.OfSquares(Gradient.AsSpan()));

    /// <summary>A model whose gradient is zero and whose weights lie at 0: all that definitions need which look at curvature alone.</summary>
    /// <param name="loss">L(θ*).</param>
    /// <param name="hessian">The spectrum of H, of order n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    public static QuadraticModel AtMinimum(double loss, Spectrum hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        double[] zeros = new double[hessian.Order];
        return InEigenbasis(loss, hessian, zeros, zeros);
    }

    /// <summary>A model from coordinates in the eigenbasis.</summary>
    /// <param name="loss">L(θ*).</param>
    /// <param name="hessian">The spectrum of H, of order n ≥ 1.</param>
    /// <param name="gradient">g_i, n finite numbers.</param>
    /// <param name="weights">θ_i, n finite numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">A list has another length than the spectrum, or holds a number that is not finite.</exception>
    public static QuadraticModel InEigenbasis(double loss, Spectrum hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentOutOfRangeException.ThrowIfZero(hessian.Order, nameof(hessian));
        Check("gradient", gradient, hessian.Order);
        Check("weights", weights, hessian.Order);
        return new QuadraticModel(loss, hessian, [.. gradient], [.. weights]);
    }

    /// <summary>A model from gradient and weights in the order of the parameters.</summary>
    /// <param name="loss">L(θ*).</param>
    /// <param name="hessian">The spectrum of H, of order n ≥ 1.</param>
    /// <param name="eigenpairs">All eigenpairs of H, with the eigenvalues of <paramref name="hessian"/>.</param>
    /// <param name="gradient">∇L, n finite numbers.</param>
    /// <param name="weights">θ*, n finite numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">Sizes differ, or a number is not finite.</exception>
    public static QuadraticModel Of(double loss, Spectrum hessian, Eigenpairs eigenpairs, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(eigenpairs);
        eigenpairs.ThrowIfNotComplete();
        if (!eigenpairs.Eigenvalues.AsSpan().SequenceEqual(hessian.Eigenvalues.AsSpan()))
            throw new MatrixException("The eigenvectors belong to other eigenvalues than those of the spectrum: take both from the same matrix.");
        Check("gradient", gradient, hessian.Order);
        Check("weights", weights, hessian.Order);
        return InEigenbasis(loss, hessian, eigenpairs.Along(gradient), eigenpairs.Along(weights));
    }

    /// <summary>The same model, further above L(θ*).</summary>
    /// <param name="rise">What is added to <see cref="Rise"/>, in units of the loss.</param>
    public QuadraticModel Raised(double rise) => this with { Rise = Rise + rise };

    /// <summary>The same model, with 0 for the negative eigenvalues that cannot be told from it.</summary>
    public QuadraticModel WithoutNegativeZeros() => new(Loss, Hessian.WithoutNegativeZeros(), Gradient, Weights) { Rise = Rise };

    /// <summary>
    /// The model of L + ½λ|θ|²: loss + ½λ|θ*|², gradient + λθ, curvature + λ. What an optimiser with weight decay λ minimises (decoupled decay does not).
    /// </summary>
    /// <param name="weightDecay">λ ≥ 0.</param>
    /// <exception cref="VolumeParameterException">λ is negative or not finite.</exception>
    public QuadraticModel WithWeightDecay(double weightDecay)
    {
        VolumeParameterException.Checked("weight decay λ", weightDecay, double.IsFinite(weightDecay) && weightDecay >= 0, "a finite number of at least 0");
        var penalty = new L2Penalty(weightDecay);
        double[] gradient = [.. Gradient];
        penalty.AddGradient(gradient, Weights.AsSpan());
        return new QuadraticModel(Loss + penalty.CompensatedAt(Weights.AsSpan()), Hessian.Shifted(weightDecay), [.. gradient], Weights) { Rise = Rise };
    }

    private static void Check(string name, ReadOnlySpan<double> values, int count)
    {
        if (values.Length != count)
            throw new MatrixException($"The {name} has {values.Length} entries where the Hessian has order {count}: take both from the same network.");
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new MatrixException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Entry {i} of the {name} is {values[i]} where a finite number is expected: check where it comes from."));
            }
        }
    }
}
