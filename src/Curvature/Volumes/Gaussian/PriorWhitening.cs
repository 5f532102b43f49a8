using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// A prior with a deviation of its own for each parameter, Σ₀ = diag σ_j², turned into the standard one. Where σ_j &gt; 0, θ_j = μ_j + σ_j z_j;
/// with S = diag σ the quadratic model becomes
///     H′ = S H S = Σ₀^½ H Σ₀^½,   g′ = S g,   θ′ = S⁻¹ θ*,   and the prior N(μ₀, I).
/// A parameter with σ_j = 0 is not drawn but stays at μ_j, as biases do that are initialised to exactly 0.
/// With B these, F the others and δ_B = μ_B − θ*_B, the model is that of F alone at (θ*_F, μ_B):
///     r = g_Bᵀδ_B + ½ δ_Bᵀ H_BB δ_B,   g_F ← g_F + H_FB δ_B,   H ← H_FF,
/// which is what a σ_j that tends to 0 tends to: all is still counted from L(θ*), above which the model lies by r at (θ*_F, μ_B).
/// Give <see cref="GaussianMeasure"/> and <see cref="FuzzyVolume"/> the model of these in the eigenbasis of H′, raised by r, and this prior.
/// </summary>
public sealed record PriorWhitening
{
    private PriorWhitening(
        double rise, GaussianPrior prior, Matrix hessian, ImmutableArray<double> gradient, ImmutableArray<double> weights, ImmutableArray<int> free)
    {
        Rise = rise;
        Prior = prior;
        Hessian = hessian;
        Gradient = gradient;
        Weights = weights;
        Free = free;
    }

    /// <summary>r, in units of the loss.</summary>
    public double Rise { get; }

    /// <summary>The prior in these coordinates: σ = 1.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>H′, in units of the loss.</summary>
    public Matrix Hessian { get; }

    /// <summary>g′, in units of the loss.</summary>
    public ImmutableArray<double> Gradient { get; }

    /// <summary>θ′, in deviations.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>F: which parameters the rows of H′ belong to, ascending.</summary>
    public ImmutableArray<int> Free { get; }

    /// <summary>Whitens a model in the order of the parameters.</summary>
    /// <param name="hessian">H, n × n, symmetric.</param>
    /// <param name="gradient">∇L, n numbers.</param>
    /// <param name="weights">θ*, n numbers.</param>
    /// <param name="deviations">σ_j ≥ 0, n of them, at least one above 0.</param>
    /// <param name="centre">μ₀.</param>
    /// <exception cref="MatrixException">Sizes differ.</exception>
    /// <exception cref="VolumeParameterException">A deviation is negative or not finite, or all are 0.</exception>
    public static PriorWhitening Of(
        Matrix hessian, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights, ReadOnlySpan<double> deviations, PriorCentre centre)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        int n = hessian.Rows;
        if (hessian.Columns != n || gradient.Length != n || weights.Length != n || deviations.Length != n)
        {
            throw new MatrixException(
                $"The Hessian is {n} x {hessian.Columns}, with {gradient.Length} gradient entries, {weights.Length} weights and {deviations.Length} "
                + $"deviations, where equal sizes are expected: take all from the same network.");
        }

        (int[] free, int[] bound) = Partition(deviations);
        double[] displacement = new double[n];
        foreach (int j in bound)
            displacement[j] = centre == PriorCentre.Origin ? -weights[j] : 0;
        double[] moved = new double[n];
        for (int i = 0; i < n; i++)
            moved[i] = DotProduct.Of(hessian.Row(i), displacement);
        double rise = DotProduct.Of(gradient, displacement) + (DotProduct.Of(displacement, moved) / 2);
        return new PriorWhitening(
            rise, GaussianPrior.InUnitsOf(centre, deviations), Scaled(hessian, free, deviations),
            ScaledGradient(gradient, moved, free, deviations), ScaledWeights(weights, free, deviations), [.. free]);
    }

    private static (int[] Free, int[] Bound) Partition(ReadOnlySpan<double> deviations)
    {
        List<int> free = [], bound = [];
        for (int j = 0; j < deviations.Length; j++)
        {
            VolumeParameterException.Checked(
                $"prior deviation σ of parameter {j}", deviations[j], double.IsFinite(deviations[j]) && deviations[j] >= 0, "a finite number of at least 0");
            (deviations[j] > 0 ? free : bound).Add(j);
        }

        VolumeParameterException.Checked("number of parameters with a deviation above 0", free.Count, free.Count > 0, "at least 1");
        return ([.. free], [.. bound]);
    }

    private static Matrix Scaled(Matrix hessian, int[] free, ReadOnlySpan<double> deviations)
    {
        var scaled = new Matrix(free.Length, free.Length);
        for (int i = 0; i < free.Length; i++)
        {
            for (int j = 0; j < free.Length; j++)
                scaled[i, j] = deviations[free[i]] * deviations[free[j]] * hessian[free[i], free[j]];
        }

        return scaled;
    }

    private static ImmutableArray<double> ScaledGradient(ReadOnlySpan<double> gradient, double[] moved, int[] free, ReadOnlySpan<double> deviations)
    {
        var scaled = ImmutableArray.CreateBuilder<double>(free.Length);
        foreach (int j in free)
            scaled.Add(deviations[j] * (gradient[j] + moved[j]));
        return scaled.MoveToImmutable();
    }

    private static ImmutableArray<double> ScaledWeights(ReadOnlySpan<double> weights, int[] free, ReadOnlySpan<double> deviations)
    {
        var scaled = ImmutableArray.CreateBuilder<double>(free.Length);
        foreach (int j in free)
            scaled.Add(weights[j] / deviations[j]);
        return scaled.MoveToImmutable();
    }
}
