using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// Follows rays θ* + m v, v = P u with u on the unit sphere, to where the true loss crosses a threshold.
/// Rays are followed in batches, all evaluations of a batch in one call; the result has the same bits for any batch size and number of threads.
/// </summary>
public sealed class RaySearch
{
    /// <summary>
    /// Rounding of the loss, in units of its magnitude times the roundoff, that is not taken for a fall: sums over samples err by a few units.
    /// </summary>
    private const double NoiseUnits = 16;

    private readonly ILossAtWeights _loss;
    private readonly double[] _weights;
    private readonly IRayPreconditioner _preconditioner;
    private readonly RaySampling _sampling;
    private readonly HostThreads _threads;

    /// <summary>A search around given weights.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="weights">θ*, as many as the loss has; copied.</param>
    /// <param name="preconditioner">P.</param>
    /// <param name="sampling">How many rays, and how closely.</param>
    /// <param name="threads">The team that prepares directions and weight vectors.</param>
    /// <exception cref="MatrixException">The number of weights is not that of the loss.</exception>
    public RaySearch(ILossAtWeights loss, ReadOnlySpan<double> weights, IRayPreconditioner preconditioner, RaySampling sampling, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(preconditioner);
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(threads);
        if (weights.Length != loss.ParameterCount || weights.IsEmpty)
            throw new MatrixException(
                $"There are {weights.Length} weights where the loss has {loss.ParameterCount} parameters: take both from the same network.");
        _loss = loss;
        _weights = [.. weights];
        _preconditioner = preconditioner;
        _sampling = sampling;
        _threads = threads;
    }

    /// <summary>Follows all rays.</summary>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="progress">Told the share of rays done after each batch; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <exception cref="InvalidOperationException">The loss of the same weights differs from one evaluation to the next.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public RayCrossings Cross(BasinThreshold threshold, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        return Cross(threshold, near: null, progress, cancellation);
    }

    /// <summary>Follows rays to another threshold, each from where the parabola through the weights and an earlier crossing reaches it.</summary>
    /// <param name="before">What this search, or one of rays of nearly the same shape, has found.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public RayCrossings CrossNear(RayCrossings before, BasinThreshold threshold, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(threshold);
        return Cross(threshold, before, progress: null, cancellation);
    }

    /// <summary>What this search would have found, from its rays as they were followed elsewhere.</summary>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="rays">All rays, in their order.</param>
    /// <param name="cancellation">Checked before the evaluation at the weights.</param>
    public RayCrossings Of(BasinThreshold threshold, ImmutableArray<RayCrossing> rays, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        return Start(threshold, cancellation) with { Rays = rays };
    }

    /// <summary>The points θ* + m v at which rays ended.</summary>
    /// <param name="crossings">What this search has found.</param>
    /// <param name="count">Of how many rays, from the first on; no more than there are.</param>
    /// <returns>One point a row.</returns>
    public Matrix PointsOf(RayCrossings crossings, int count)
    {
        ArgumentNullException.ThrowIfNull(crossings);
        Matrix points = RayDirections.Of(_sampling.Seed, _sampling.First, count, _weights.Length, _preconditioner, _threads).Rays;
        for (int ray = 0; ray < count; ray++)
        {
            Span<double> point = points.Row(ray);
            for (int i = 0; i < point.Length; i++)
                point[i] = _weights[i] + (crossings.Rays[ray].Radius * point[i]);
        }

        return points;
    }

    private RayCrossings Cross(BasinThreshold threshold, RayCrossings? near, IProgress<double>? progress, CancellationToken cancellation)
    {
        RayCrossings crossings = Start(threshold, cancellation);
        (double loss, double excess) = (crossings.Loss, crossings.Excess);
        if (!(excess > 0) || !double.IsFinite(loss))
            return crossings;

        var rays = ImmutableArray.CreateBuilder<RayCrossing>(_sampling.Rays);
        double noise = NoiseUnits * _loss.UnitRoundoff * (Math.Abs(loss) + excess);
        for (int first = 0; first < _sampling.Rays; first += _sampling.BatchSize)
        {
            int count = Math.Min(_sampling.BatchSize, _sampling.Rays - first);
            CrossingSearch[] searches =
                [.. Enumerable.Range(first, count).Select(ray => new CrossingSearch(excess, noise, _sampling, FirstRadius(near, ray, excess)))];
            RayDirections directions = RayDirections.Of(_sampling.Seed, _sampling.First + first, count, _weights.Length, _preconditioner, _threads);
            Follow(searches, directions.Rays, loss, cancellation);
            for (int ray = 0; ray < count; ray++)
                rays.Add(Crossing(searches[ray], directions.Rays.Row(ray), directions.LogDensities[ray]));
            progress?.Report((first + count) / (double)_sampling.Rays);
        }

        return crossings with { Rays = rays.MoveToImmutable() };
    }

    // Before any ray is followed.
    private RayCrossings Start(BasinThreshold threshold, CancellationToken cancellation)
    {
        double[] atWeights = new double[1];
        _loss.Evaluate(_weights, atWeights, cancellation);
        return new(_weights.Length, atWeights[0], threshold.Above(atWeights[0]), CompensatedSum.OfSquares(_weights), _preconditioner.Name, []);
    }

    private double FirstRadius(RayCrossings? near, int ray, double excess)
        => near is null || ray >= near.Rays.Length || near.Rays[ray].Outcome != RayOutcome.Reached
            ? _sampling.InitialRadius
            : near.Rays[ray].Radius * Math.Sqrt(excess / near.Excess);

    private void Follow(CrossingSearch[] searches, Matrix directions, double lossAtWeights, CancellationToken cancellation)
    {
        var points = new Matrix(directions.Rows, directions.Columns);
        double[] losses = new double[directions.Rows];
        int[] active = [.. Enumerable.Range(0, directions.Rows)];
        int count = active.Length;
        while (count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            _threads.Run(count, new Step(_weights, directions, searches, active, points));
            _loss.Evaluate(points.Values.AsMemory(0, count * _weights.Length), losses.AsMemory(0, count), cancellation);
            int left = 0;
            for (int row = 0; row < count; row++)
            {
                int ray = active[row];
                searches[ray].Accept(losses[row] - lossAtWeights);
                if (searches[ray].Outcome is null)
                    active[left++] = ray;
            }

            count = left;
        }
    }

    private RayCrossing Crossing(CrossingSearch search, ReadOnlySpan<double> ray, double logDensity)
        => new(search.Outcome!.Value, search.Radius, EuclideanNorm.Plain(ray), DotProduct.Of(ray, _weights), search.Monotone, logDensity);

    /// <summary>θ* + m v for each ray that is still searched.</summary>
    private readonly struct Step(double[] weights, Matrix directions, CrossingSearch[] searches, int[] active, Matrix points) : IPartitionedWork
    {
        public void Run(int part)
        {
            double radius = searches[active[part]].Radius;
            ReadOnlySpan<double> ray = directions.Row(active[part]);
            Span<double> point = points.Row(part);
            for (int i = 0; i < point.Length; i++)
                point[i] = weights[i] + (radius * ray[i]);
        }
    }
}
