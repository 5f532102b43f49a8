namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The notebook's number: log V = log V_n + (n/2) log(2T) − ½ log det(H + (λ + c)I), c = k/σ², with log V_n by Stirling's approximation.
/// The threshold is taken as the height itself, whatever the loss at the minimum is; <see cref="ExcessVolume"/> takes the difference.
/// </summary>
public sealed record NotebookVolume
{
    private NotebookVolume(VolumeParameters parameters, EllipsoidVolume ellipsoid)
    {
        Parameters = parameters;
        Ellipsoid = ellipsoid;
    }

    /// <summary>T, λ, k and σ.</summary>
    public VolumeParameters Parameters { get; }

    /// <summary>The ellipsoid with τ = T and μ = λ + c: dimension, inertia, the additive parts, and the reason if there is no volume.</summary>
    public EllipsoidVolume Ellipsoid { get; }

    /// <summary>log V in nats, as the notebook has it, with Stirling's unit ball; null if there is no volume.</summary>
    public double? LogVolume => Ellipsoid.Terms?.LogVolumeStirling;

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public double? LogVolumeExact => Ellipsoid.Terms?.LogVolume;

    /// <summary>The volume from the eigenvalues of the loss's Hessian, penalty not included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public static NotebookVolume Of(Spectrum hessian, VolumeParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new NotebookVolume(parameters, EllipsoidVolume.Of(hessian, parameters.Shift, parameters.Threshold));
    }
}
