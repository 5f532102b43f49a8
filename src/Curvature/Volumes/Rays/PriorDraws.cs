using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// Plain Monte Carlo: points drawn from the prior, and the true loss at each. Where the basin holds enough of the prior, the share inside it is its
/// probability, with no model at all; and the mean rise against that of the quadratic tells how far the quadratic holds over the prior.
/// </summary>
/// <param name="Count">Points drawn.</param>
/// <param name="Inside">Points where the loss has risen by at most ΔT.</param>
/// <param name="MeanRise">The mean of L(θ) − L(θ*), in units of the loss; a NaN if the loss is one somewhere.</param>
/// <param name="MeanRiseError">Its standard error.</param>
public sealed record PriorDraws(int Count, int Inside, double MeanRise, double MeanRiseError)
{
    // What the interval leaves out on either side.
    private const double Tail = 0.025;

    // Vectors that are evaluated in one go.
    private const int BatchSize = 64;

    // The rays of a seed have the numbers 0, 1, …; draws begin far from them.
    private const ulong FirstVector = 1UL << 63;

    /// <summary>The logarithm of the share inside, in nats; null if no point is.</summary>
    public double? LogShare => Inside == 0 ? null : Math.Log(Inside / (double)Count);

    /// <summary>Its standard error, √((1 − p)/(p N)); null if no point is inside or none outside, where it says nothing: <see cref="Interval"/> does.</summary>
    public double? StandardError => Inside == 0 || Inside == Count ? null : Math.Sqrt((Count - Inside) / (double)Inside / Count);

    /// <summary>
    /// The logarithm of the exact interval of Clopper and Pearson (1934) for the probability, in nats:
    /// the shares p at which as many inside, or more, and as many, or fewer, would each be seen in 2.5 of 100 samples.
    /// They are quantiles of beta distributions, of B(k, N − k + 1) and B(k + 1, N − k).
    /// </summary>
    public LogInterval Interval => new(
        Inside == 0 ? null : Math.Log(Beta.InvCDF(Inside, Count - Inside + 1, Tail)),
        Inside == Count ? 0 : Math.Log(Beta.InvCDF(Inside + 1, Count - Inside, 1 - Tail)));

    /// <summary>Draws points.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="weights">θ*.</param>
    /// <param name="excess">ΔT, how far the loss may rise.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="seed">Draw i of a seed is always the same, and none of its rays.</param>
    /// <param name="threads">The team that prepares points.</param>
    /// <param name="progress">Told the share of points done; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <exception cref="VolumeParameterException">There are fewer than two points.</exception>
    public static PriorDraws Of(
        ILossAtWeights loss,
        double[] weights,
        double excess,
        GaussianPrior prior,
        int count,
        ulong seed,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        double[] atWeights = new double[1];
        loss.Evaluate(weights, atWeights, cancellation);
        return Of(Losses(loss, weights, prior, 0, count, seed, threads, progress, cancellation), atWeights[0], excess);
    }

    /// <summary>The true loss at some of the points that are drawn.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="weights">θ*.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="first">The number of the first point.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Draw i of a seed is always the same, and none of its rays.</param>
    /// <param name="threads">The team that prepares points.</param>
    /// <param name="progress">Told the share of points done; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    public static double[] Losses(
        ILossAtWeights loss,
        double[] weights,
        GaussianPrior prior,
        int first,
        int count,
        ulong seed,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(threads);
        int n = weights.Length;
        double[] points = new double[Math.Min(BatchSize, count) * n], losses = new double[count];
        for (int done = 0; done < count; done += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int batch = Math.Min(BatchSize, count - done);
            threads.Run(batch, new Draw(weights, prior, seed, FirstVector + (ulong)(first + done), points));
            loss.Evaluate(points.AsMemory(0, batch * n), losses.AsMemory(done, batch), cancellation);
            progress?.Report((done + batch) / (double)count);
        }

        return losses;
    }

    /// <summary>What the losses at all points tell.</summary>
    /// <param name="losses">The losses in the order of the points, at least 2.</param>
    /// <param name="atWeights">The loss at the weights.</param>
    /// <param name="excess">ΔT, how far the loss may rise.</param>
    /// <exception cref="VolumeParameterException">There are fewer than two points.</exception>
    public static PriorDraws Of(double[] losses, double atWeights, double excess)
    {
        ArgumentNullException.ThrowIfNull(losses);
        int count = losses.Length;
        VolumeParameterException.Checked("number of draws", count, count >= 2, "at least 2");
        double[] rises = Array.ConvertAll(losses, loss => loss - atWeights);
        double mean = CompensatedSum.Of(rises) / count;
        double variance = CompensatedSum.Of(rises, x => (x - mean) * (x - mean)) / (count - 1);
        return new(count, rises.Count(rise => rise <= excess), mean, Math.Sqrt(variance / count));
    }

    private readonly struct Draw(double[] weights, GaussianPrior prior, ulong seed, ulong first, double[] points) : IPartitionedWork
    {
        public void Run(int part)
        {
            Span<double> point = points.AsSpan(part * weights.Length, weights.Length);
            NormalVectors.Fill(seed, first + (ulong)part, point);
            for (int i = 0; i < point.Length; i++)
                point[i] = (prior.Centre == PriorCentre.Origin ? 0 : weights[i]) + (prior.Deviation * point[i]);
        }
    }
}
