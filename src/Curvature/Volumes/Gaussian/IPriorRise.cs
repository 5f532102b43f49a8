namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>A definition that knows how much the quadratic loss rises over its prior.</summary>
public interface IPriorRise
{
    /// <summary>How much on average, in units of the loss; null where that is not known.</summary>
    double? MeanRise { get; }
}
