namespace BasinVolume.Autodiff.Operators;

/// <summary>What a mean squared loss is the mean over.</summary>
public enum SquaredMean
{
    /// <summary>All elements of all samples, as PyTorch's MSELoss.</summary>
    OverElements,

    /// <summary>The samples: of each the sum over its elements counts.</summary>
    OverSamples,
}
