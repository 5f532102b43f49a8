namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>The prior N(μ₀, σ²I) over all parameters; for a σ of each parameter see <see cref="PriorWhitening"/>.</summary>
public sealed record GaussianPrior
{
    /// <summary>A prior, checked.</summary>
    /// <param name="centre">μ₀.</param>
    /// <param name="deviation">σ &gt; 0, in units of a parameter.</param>
    /// <exception cref="VolumeParameterException">σ is not a finite number above 0.</exception>
    public GaussianPrior(PriorCentre centre, double deviation)
    {
        Centre = centre;
        Deviation = VolumeParameterException.CheckedPositive("prior deviation σ", deviation);
    }

    /// <summary>μ₀.</summary>
    public PriorCentre Centre { get; }

    /// <summary>σ.</summary>
    public double Deviation { get; }

    /// <summary>What a definition under this prior takes for granted.</summary>
    internal string Assumption => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"parameters are N({(Centre == PriorCentre.Origin ? "0" : "θ*")}, {Deviation}² I) beforehand");
}
