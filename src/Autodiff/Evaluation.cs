using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;

namespace BasinVolume.Autodiff;

/// <summary>How a network does on samples.</summary>
/// <param name="Loss">L = Σ_s ω_s ℓ_s.</param>
/// <param name="Correct">Samples whose largest output (the first of equals) is their label's.</param>
/// <param name="Total">Number of samples.</param>
public sealed record Evaluation(double Loss, int Correct, int Total)
{
    /// <summary>Runs samples through the network.</summary>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public static Evaluation Compute<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        double loss = 0;
        int correct = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += Chunks.Forward(plan, samples, chunk);
            correct += plan.ReadCorrect();
        }

        return new(loss, correct, samples.Count);
    }
}
