namespace BasinVolume.Data.Subsets;

/// <summary>How the losses of samples become one loss.</summary>
public enum Weighting
{
    /// <summary>The mean over batches of each batch's mean, as the notebook has it: samples of a smaller last batch weigh more.</summary>
    BatchMean,

    /// <summary>The mean over samples: all weigh the same.</summary>
    SampleMean,
}
