namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>The prior N(μ₀, σ²I) over all parameters; for a σ of each parameter see <see cref="PriorWhitening"/>, whose prior says so.</summary>
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
        Notation = $"N({NameOf(centre)}, {Number(deviation)}² I)";
        Assumption = $"parameters are {Notation} beforehand";
    }

    /// <summary>μ₀.</summary>
    public PriorCentre Centre { get; }

    /// <summary>σ.</summary>
    public double Deviation { get; }

    /// <summary>The distribution as it is written, with θ* for the weights, such as N(0, 0.5² I).</summary>
    public string Notation { get; private init; }

    /// <summary>What a definition under this prior takes for granted.</summary>
    internal string Assumption { get; private init; }

    /// <summary>How many parameters are not drawn but held at μ₀.</summary>
    internal int Held { get; private init; }

    /// <summary>The prior N(μ₀, I) in coordinates that are parameters in units of deviations of their own.</summary>
    /// <param name="centre">μ₀.</param>
    /// <param name="deviations">σ_j ≥ 0 of all parameters, at least one above 0.</param>
    internal static GaussianPrior InUnitsOf(PriorCentre centre, ReadOnlySpan<double> deviations)
    {
        double[] drawn = [.. deviations.ToArray().Where(sigma => sigma > 0)];
        int held = deviations.Length - drawn.Length;
        string range = drawn.Min() == drawn.Max() ? $"each σ_j = {Number(drawn[0])}" : $"σ_j from {Number(drawn.Min())} to {Number(drawn.Max())}";
        string rest = held == 0 ? string.Empty : $"; the other {held} of {deviations.Length} stay at {NameOf(centre)}";
        string notation = $"N({NameOf(centre)}, diag σ_j²)";
        return new GaussianPrior(centre, 1) { Held = held, Notation = notation, Assumption = $"parameters are {notation} beforehand, {range}{rest}" };
    }

    private static string NameOf(PriorCentre centre) => centre == PriorCentre.Origin ? "0" : "θ*";

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
