using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// What shapes rays where no matrix is held: of Λ, k eigenpairs (d_i, q_i) are known, and it is taken as a multiple e of the identity elsewhere,
/// <code>
/// P = Λ^(−½)/det^(1/n) ∝ e^(−½) (1 + Σ ((e/d_i)^½ − 1) q_i q_iᵀ),   log det Λ = Σ log d_i + (n − k) log e.
/// </code>
/// The mean over rays is the same whatever P is; what e leaves out of the curvature of the rest is in its variance, and so in its interval.
/// </summary>
public sealed class DeflatedRays : IRayPreconditioner
{
    private readonly RowRange _vectors;
    private readonly double[] _factors;
    private readonly double _scale;
    private readonly double[] _drift;

    private DeflatedRays(string name, Matrix vectors, double[] curvatures, double elsewhere, double[] along)
    {
        Name = name;
        int n = vectors.Columns;
        foreach (double curvature in curvatures.Append(elsewhere))
            VolumeParameterException.CheckedPositive("regularised curvature |h| + μ", curvature);
        double logDeterminant = CompensatedSum.Of(curvatures, Math.Log) + ((n - curvatures.Length) * Math.Log(elsewhere));
        _vectors = RowRange.Of(vectors);
        _factors = [.. curvatures.Select(curvature => Math.Sqrt(elsewhere / curvature) - 1)];
        _scale = Math.Exp(((logDeterminant / n) - Math.Log(elsewhere)) / 2);
        _drift = along;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Drift => _drift;

    /// <summary>Rays by the Hessian alone, Λ = |H| + μI, which suit the volume in parameter units.</summary>
    /// <param name="pairs">Eigenpairs of H; may be none.</param>
    /// <param name="rest">|h| of all others, on average: (tr H − Σ θ_i)/(n − k), or what is known of it; at least 0.</param>
    /// <param name="regularisation">μ ≥ 0, in the units of H.</param>
    /// <exception cref="VolumeParameterException">A number is out of its range, or an |h| + μ is not above 0.</exception>
    public static DeflatedRays OfHessian(RitzPairs pairs, double rest, double regularisation)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Check("regularisation μ", regularisation);
        Check("mean curvature of the rest", rest);
        return new("deflated", pairs.Vectors, [.. pairs.Pairs.Select(pair => Math.Abs(pair.Value) + regularisation)], rest + regularisation, along: []);
    }

    /// <summary>
    /// Rays to where a point of the prior lies, given that it lies in the basin of the quadratic model, as <see cref="TiltedPreconditioner"/> has them, with
    /// <code>
    /// Λ = I/σ² − sH,   b = Λ^(−½) ((μ₀ − θ*)/σ² + s g).
    /// </code>
    /// </summary>
    /// <param name="pairs">Eigenpairs of H; may be none.</param>
    /// <param name="rest">h of all others, on average; negative only where 1/σ² − s h stays above 0.</param>
    /// <param name="tilt">s ≤ 0, in inverse units of the loss.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="gradient">g, n elements.</param>
    /// <param name="weights">θ*, n elements.</param>
    /// <exception cref="MatrixException">Lengths differ.</exception>
    /// <exception cref="VolumeParameterException">The tilt is above 0, or a 1/σ² − s h is not above 0.</exception>
    public static DeflatedRays Tilted(
        RitzPairs pairs, double rest, double tilt, GaussianPrior prior, ReadOnlySpan<double> gradient, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(prior);
        VolumeParameterException.Checked("tilt s", tilt, double.IsFinite(tilt) && tilt <= 0, "a finite number of at most 0");
        int n = pairs.Vectors.Columns;
        if (gradient.Length != n || weights.Length != n)
            throw new MatrixException(
                $"The gradient has {gradient.Length} and the weights have {weights.Length} elements where the eigenvectors have {n}: "
                + $"take all from the same network.");
        double precision = 1 / prior.Deviation / prior.Deviation, elsewhere = precision - (tilt * rest);
        double[] precisions = [.. pairs.Pairs.Select(pair => precision - (tilt * pair.Value))], along = new double[n];
        for (int i = 0; i < n; i++)
            along[i] = (prior.Centre == PriorCentre.Origin ? -weights[i] * precision : 0) + (tilt * gradient[i]);
        var rays = new DeflatedRays("tilted-deflated", pairs.Vectors, precisions, elsewhere, along);
        AlongBasis.Add(rays._vectors, rays._factors, new Matrix(1, n, along), threads: null);
        Vectors.Scale<double>(along, 1 / Math.Sqrt(elsewhere));
        return rays;
    }

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(threads);
        AlongBasis.Add(_vectors, _factors, directions, threads);
        Vectors.Scale<double>(directions.Values.AsSpan(0, directions.Rows * directions.Columns), _scale);
    }

    private static void Check(string name, double value)
        => VolumeParameterException.Checked(name, value, double.IsFinite(value) && value >= 0, "a finite number of at least 0");
}
