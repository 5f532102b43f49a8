namespace BasinVolume.Mnist.Options;

/// <summary>The loss at the end of a network that does not say its own.</summary>
public enum LossChoice
{
    /// <summary>Softmax with negative log-likelihood, for classes.</summary>
    CrossEntropy,

    /// <summary>The mean of squared differences to real targets, or to a vector with 1 at the class.</summary>
    MeanSquared,

    /// <summary>The binary cross-entropy of logits with targets from 0 to 1, or with a vector with 1 at the class.</summary>
    BinaryCrossEntropy,
}
