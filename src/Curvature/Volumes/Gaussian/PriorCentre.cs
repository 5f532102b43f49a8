namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>Where a Gaussian prior has its mean.</summary>
public enum PriorCentre
{
    /// <summary>At 0, as an initialisation has it.</summary>
    Origin,

    /// <summary>At the weights θ* themselves: how robust they are to noise.</summary>
    Weights,
}
