namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The volume of {L ≤ T} in the quadratic model: what counts is how far the threshold lies above the loss at the minimum, ΔT = T − L.
///     log V = log V_n + (n/2) log(2ΔT) − ½ log det(H + (λ + c)I),   c = k/σ².
/// ΔT ≤ 0 means that the basin is empty.
/// </summary>
public sealed record ExcessVolume
{
    private ExcessVolume(VolumeParameters parameters, double loss, EllipsoidVolume ellipsoid)
    {
        Parameters = parameters;
        Loss = loss;
        Ellipsoid = ellipsoid;
    }

    /// <summary>T, λ, k and σ.</summary>
    public VolumeParameters Parameters { get; }

    /// <summary>L, the loss at the minimum; with the penalty ½λ|θ|² if T is meant to bound the two together.</summary>
    public double Loss { get; }

    /// <summary>ΔT = T − L.</summary>
    public double Excess => Ellipsoid.Height;

    /// <summary>Whether no point has a loss below the threshold: ΔT ≤ 0, or the loss is a NaN.</summary>
    public bool Empty => Ellipsoid.Status == VolumeStatus.Empty;

    /// <summary>The ellipsoid with τ = ΔT and μ = λ + c: dimension, inertia, the additive parts, and the reason if there is no volume.</summary>
    public EllipsoidVolume Ellipsoid { get; }

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public double? LogVolume => Ellipsoid.Terms?.LogVolume;

    /// <summary>log V in nats with Stirling's unit ball, to be compared with <see cref="NotebookVolume.LogVolume"/>; null if there is no volume.</summary>
    public double? LogVolumeStirling => Ellipsoid.Terms?.LogVolumeStirling;

    /// <summary>The volume from the eigenvalues of the loss's Hessian, penalty not included, and the loss at the minimum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public static ExcessVolume Of(Spectrum hessian, double loss, VolumeParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new ExcessVolume(parameters, loss, EllipsoidVolume.Of(hessian, parameters.Shift, parameters.Threshold - loss));
    }
}
