namespace BasinVolume.Onnx;

/// <summary>The loss that a network that was read ends in: a file has none.</summary>
public enum ImportLoss
{
    /// <summary>Log-softmax over the outputs and the negative log-likelihood of the label.</summary>
    CrossEntropy,

    /// <summary>The squared distance to the target, averaged over elements.</summary>
    MeanSquared,

    /// <summary>The squared distance to the target, averaged over samples and added over elements.</summary>
    MeanSquaredOverSamples,

    /// <summary>Cross-entropy of independent outputs with the targets 0 to 1.</summary>
    BinaryCrossEntropy,
}

/// <summary>What an owner decides of a network that is read.</summary>
public sealed record ImportOptions
{
    /// <summary>The loss; null for the one that the file's metadata names, else for the usual one.</summary>
    public ImportLoss? Loss { get; init; }

    /// <summary>The loss where neither the owner nor the file names one; null for cross-entropy over what ends in two outputs or more.</summary>
    public ImportLoss? UsualLoss { get; init; }

    /// <summary>
    /// Whether batch normalisations go into the layers before them; the parameters are then others than those that were trained, and so is every derivative.
    /// </summary>
    public bool FoldsBatchNormalization { get; init; }
}
