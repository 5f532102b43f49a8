namespace BasinVolume.Curvature.Volumes;

/// <summary>What the exponential of a definition's value is measured in.</summary>
public enum VolumeUnit
{
    /// <summary>
    /// The product of the units of all n parameters (Lebesgue measure): changes with every rescaling of a parameter, and cannot be compared between networks.
    /// </summary>
    ParameterUnits,

    /// <summary>A share of a Gaussian prior: without a dimension.</summary>
    Probability,
}
