using System.Numerics;

namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// The samples that a loss is a sum over: L = Σ_s ω_s ℓ_s. They are read in chunks, so that they need not be in memory as floating-point numbers at once.
/// Several threads may read different samples at once.
/// </summary>
public interface ISamples
{
    /// <summary>Number of samples, at least 1.</summary>
    int Count { get; }

    /// <summary>
    /// How many labels each sample has: 1 for a class, more where each position of a sequence has one; 0 where they have targets instead.
    /// </summary>
    int LabelsPerSample => 1;

    /// <summary>Reads samples <paramref name="first"/>, <paramref name="first"/> + 1, … as many as there are <paramref name="weights"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">The first sample.</param>
    /// <param name="inputs">[samples, size of the network's input].</param>
    /// <param name="labels">[samples, labels of a sample]: classes counted from 0; empty when the loss takes no labels.</param>
    /// <param name="targets">[samples, target length of the loss]; empty when the loss takes no real targets.</param>
    /// <param name="weights">ω of each: 1/N each for the mean over samples.</param>
    void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
