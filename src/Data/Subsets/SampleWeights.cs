namespace BasinVolume.Data.Subsets;

/// <summary>The weights ω of samples in the loss L = Σ ω ℓ; they add up to 1.</summary>
public static class SampleWeights
{
    /// <summary>1/N each.</summary>
    public static double[] Mean(int count)
    {
        var weights = new double[count];
        Array.Fill(weights, 1.0 / count);
        return weights;
    }

    /// <summary>
    /// The weights of a weighting. For batch means, with B batches, a sample of a batch of b has ω = 1/(B b): of 1,500 samples in batches of 64, each of the
    /// last 28 weighs 64/28 = 2.29 times as much as the others.
    /// </summary>
    /// <param name="weighting">Which.</param>
    /// <param name="count">N, number of samples, at least 1.</param>
    /// <param name="batchSize">Samples of a whole batch, at least 1.</param>
    public static double[] Of(Weighting weighting, int count, int batchSize)
    {
        if (weighting == Weighting.SampleMean)
            return Mean(count);
        var weights = new double[count];
        int batches = (count + batchSize - 1) / batchSize;
        for (int batch = 0; batch < batches; batch++)
        {
            Span<double> part = weights.AsSpan(batch * batchSize, Math.Min(batchSize, count - (batch * batchSize)));
            part.Fill(1.0 / batches / part.Length);
        }

        return weights;
    }
}
