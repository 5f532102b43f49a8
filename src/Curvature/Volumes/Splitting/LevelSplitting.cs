using System.Collections.Immutable;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>
/// Multilevel splitting (Kahn and Harris, 1951), also called subset simulation (Au and Beck, 2001): the prior's mass below T is a product of shares of about
/// one half, each of the mass below one level of the loss that lies below the next,
///     P(L ≤ T) = Π P(L ≤ ℓ_{k+1} | L ≤ ℓ_k),
/// where plain draws would need 1/P points. Points are θ = μ₀ + σ Σ z_i v_i with v_i the eigenvectors of the Hessian and z standard normal. A step of a point,
///     z_i ← √(1 − β_i²) z_i + β_i ξ_i,   ξ standard normal,
/// keeps the prior, and keeps it below ℓ if it is refused where L is above (Cotter, Roberts, Stuart and White, 2013), whatever the β_i are.
/// They follow how narrow the quadratic's basin is in each direction, β_i = a/√(1 − s h_i σ²), s ≤ 0 the saddle point of <see cref="GaussianMeasure"/>, with
/// one a for all that is changed until the wanted share of steps is taken.
/// </summary>
internal sealed class LevelSplitting
{
    // Of steps in many dimensions about so many are taken where they lead furthest.
    private const double WantedAcceptance = 0.25;

    // How fast a follows the share that is taken.
    private const double Gain = 0.5;

    // The rays of a seed have the numbers 0, 1, …, the draws those from 2⁶³ on.
    private const ulong FirstVector = 1UL << 62;

    private readonly ILossAtWeights _loss;
    private readonly PriorCoordinates _coordinates;
    private readonly double[] _stiffness;
    private readonly SplittingSampling _sampling;
    private readonly HostThreads _threads;
    private readonly Matrix _points;
    private readonly Matrix _proposals;
    private readonly Matrix _weights;
    private readonly double[] _losses;
    private readonly double[] _proposed;
    private double _scale = 1;
    private ulong _drawn = FirstVector;

    /// <summary>Populations over a prior.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="coordinates">From z to weights.</param>
    /// <param name="stiffness">√(1 − s h_i σ²), n numbers of at least 1.</param>
    /// <param name="sampling">How many, and how far.</param>
    /// <param name="threads">The team that prepares points.</param>
    public LevelSplitting(ILossAtWeights loss, PriorCoordinates coordinates, double[] stiffness, SplittingSampling sampling, HostThreads threads)
    {
        (_loss, _coordinates, _stiffness, _sampling, _threads) = (loss, coordinates, stiffness, sampling, threads);
        int count = sampling.Points * sampling.Populations, n = stiffness.Length;
        (_points, _proposals, _weights) = (new(count, n), new(count, n), new(Math.Min(count, sampling.BatchSize), n));
        (_losses, _proposed) = (new double[count], new double[count]);
    }

    /// <summary>Moves all populations below T.</summary>
    /// <param name="height">T.</param>
    /// <param name="progress">Told of each level; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    public ImmutableArray<PopulationEnd> Run(double height, IProgress<SplittingLevel>? progress, CancellationToken cancellation)
    {
        Population[] populations = Drawn(height, cancellation);
        for (int level = 1; ; level++)
        {
            int[] open = Descend(populations);
            if (open.Length == 0)
                return [.. populations.Select(population => population.End!)];
            progress?.Report(new(level, open.Max(p => populations[p].Level), height, open.Length, populations.Length));
            int[] rows = [.. open.SelectMany(p => Enumerable.Range(p * _sampling.Points, _sampling.Points))];
            double[] levels = [.. rows.Select(row => populations[row / _sampling.Points].Level)];
            for (int step = 0; step < _sampling.Steps; step++)
                Step(rows, levels, cancellation);
        }
    }

    private Population[] Drawn(double height, CancellationToken cancellation)
    {
        int size = _sampling.Points;
        _threads.Run(_points.Rows, new Draw(_points, _sampling.Seed, _drawn));
        _drawn += (ulong)_points.Rows;
        Evaluate(_points, [.. Enumerable.Range(0, _points.Rows)], _losses, cancellation);
        return [.. Enumerable.Range(0, _sampling.Populations).Select(p => new Population(_losses.AsMemory(p * size, size), height))];
    }

    // Each population that is not at its end goes to its next level; those that are still not are returned.
    private int[] Descend(Population[] populations)
    {
        for (int p = 0; p < populations.Length; p++)
        {
            if (populations[p].End is null)
                Copy(populations[p].Descend(), p * _sampling.Points);
        }

        return [.. Enumerable.Range(0, populations.Length).Where(p => populations[p].End is null)];
    }

    private void Copy(IReadOnlyList<(int Point, int By)> copies, int first)
    {
        foreach ((int point, int by) in copies)
        {
            _points.Row(first + by).CopyTo(_points.Row(first + point));
            _losses[first + point] = _losses[first + by];
        }
    }

    private void Step(int[] rows, double[] levels, CancellationToken cancellation)
    {
        _threads.Run(rows.Length, new Propose(_points, _proposals, rows, _stiffness, _scale, _sampling.Seed, _drawn));
        _drawn += (ulong)rows.Length;
        Evaluate(_proposals, rows, _proposed, cancellation);
        int taken = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (!(_proposed[row] < levels[i]))
                continue;
            _proposals.Row(row).CopyTo(_points.Row(row));
            _losses[row] = _proposed[row];
            taken++;
        }

        _scale = Math.Min(1, _scale * Math.Exp(Gain * ((taken / (double)rows.Length) - WantedAcceptance)));
    }

    private void Evaluate(Matrix points, int[] rows, double[] losses, CancellationToken cancellation)
    {
        double[] batchLosses = new double[_weights.Rows];
        for (int first = 0; first < rows.Length; first += _weights.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_weights.Rows, rows.Length - first);
            _coordinates.ToWeights(points, rows.AsMemory(first, count), _weights, _threads);
            _loss.Evaluate(_weights.Values.AsMemory(0, count * points.Columns), batchLosses.AsMemory(0, count), cancellation);
            for (int i = 0; i < count; i++)
                losses[rows[first + i]] = double.IsNaN(batchLosses[i]) ? double.PositiveInfinity : batchLosses[i];
        }
    }

    private readonly struct Draw(Matrix points, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part) => NormalVectors.Fill(seed, first + (ulong)part, points.Row(part));
    }

    private readonly struct Propose(Matrix points, Matrix proposals, int[] rows, double[] stiffness, double scale, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part)
        {
            ReadOnlySpan<double> point = points.Row(rows[part]);
            Span<double> proposal = proposals.Row(rows[part]);
            NormalVectors.Fill(seed, first + (ulong)part, proposal);
            for (int i = 0; i < proposal.Length; i++)
            {
                double beta = scale / stiffness[i];
                proposal[i] = (Math.Sqrt(1 - (beta * beta)) * point[i]) + (beta * proposal[i]);
            }
        }
    }
}
