namespace BasinVolume.Basins;

/// <summary>Around which point the quadratic basin is taken.</summary>
public enum QuadraticCentre
{
    /// <summary>Around the weights, as if the gradient were zero there.</summary>
    Weights,

    /// <summary>Around the minimum of the quadratic model, with the correction for the gradient.</summary>
    Minimum,
}
