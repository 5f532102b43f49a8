using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>θ = μ₀ + σ Σ z_i v_i: coordinates along the eigenvectors in which the prior is standard normal.</summary>
/// <param name="centre">μ₀.</param>
/// <param name="deviation">σ.</param>
/// <param name="eigenvectors">v_i, one a row.</param>
internal sealed class PriorCoordinates(double[] centre, double deviation, Matrix eigenvectors)
{
    /// <summary>The coordinates of a prior.</summary>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="weights">θ*.</param>
    /// <param name="eigenpairs">All eigenpairs.</param>
    public static PriorCoordinates Of(GaussianPrior prior, double[] weights, Eigenpairs eigenpairs)
    {
        eigenpairs.ThrowIfNotComplete();
        return new(prior.Centre == PriorCentre.Origin ? new double[weights.Length] : weights, prior.Deviation, eigenpairs.Vectors);
    }

    /// <summary>Some points as weights.</summary>
    /// <param name="points">z, one a row.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="weights">Receives θ, one a row, from the first row on.</param>
    /// <param name="threads">The team.</param>
    public void ToWeights(Matrix points, ReadOnlyMemory<int> rows, Matrix weights, HostThreads threads)
        => threads.Run(RayParts.Count(rows.Length), new Turn(centre, deviation, eigenvectors, points, rows, weights));

    /// <summary>Some points, each reading the eigenvectors one after the other.</summary>
    private readonly struct Turn(double[] centre, double deviation, Matrix eigenvectors, Matrix points, ReadOnlyMemory<int> rows, Matrix weights)
        : IPartitionedWork
    {
        public void Run(int part)
        {
            ReadOnlySpan<int> chosen = rows.Span;
            int first = part * RayParts.RaysPerPart, end = Math.Min(first + RayParts.RaysPerPart, chosen.Length);
            for (int i = first; i < end; i++)
                centre.CopyTo(weights.Row(i));
            for (int k = 0; k < eigenvectors.Rows; k++)
            {
                for (int i = first; i < end; i++)
                    Vectors.AddScaled(weights.Row(i), deviation * points[chosen[i], k], eigenvectors.Row(k));
            }
        }
    }
}
