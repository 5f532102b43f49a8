using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins.Landscapes;

/// <summary>The loss at many places around weights.</summary>
/// <param name="loss">The loss.</param>
/// <param name="weights">θ*, [n].</param>
/// <param name="cancellation">Stops at the next chunk of samples.</param>
public sealed class LossSampling(ILossAtWeights loss, double[] weights, CancellationToken cancellation)
{
    // Enough that samples are put on the device rarely, few enough that there is progress to tell.
    private const int AtOnce = 32;

    /// <summary>L(θ* + su + tv) at all (s, t).</summary>
    public double[] At(IReadOnlyList<(double S, double T)> places, double[] u, double[] v, IProgress<double>? progress)
    {
        var losses = new double[places.Count];
        var vectors = new double[Math.Min(AtOnce, places.Count) * weights.Length];
        for (int first = 0; first < places.Count; first += AtOnce)
        {
            int count = Math.Min(AtOnce, places.Count - first);
            for (int p = 0; p < count; p++)
            {
                (double s, double t) = places[first + p];
                for (int i = 0; i < weights.Length; i++)
                    vectors[(p * weights.Length) + i] = weights[i] + (s * u[i]) + (t * v[i]);
            }

            loss.Evaluate(vectors.AsMemory(0, count * weights.Length), losses.AsMemory(first, count), cancellation);
            progress?.Report((double)(first + count) / places.Count);
        }

        return losses;
    }
}
