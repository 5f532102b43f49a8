using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Lanczos' recurrences of some start vectors, whose products are taken together; each keeps all of its vectors and makes every new one orthogonal to them
/// twice. They go on in step, so that after any step, and after an exception in one, what each has until then is a quadrature.
/// </summary>
internal sealed class RecurrenceBlock
{
    /// <summary>A β of so many roundings of a product is nothing but rounding.</summary>
    private const double NegligibleRoundings = 16;

    private readonly ILinearMap _map;
    private readonly int _steps;
    private readonly double _scale;
    private readonly HostThreads _threads;
    private readonly Recurrence[] _recurrences;
    private readonly LongRows _rows;

    /// <summary>Begins; no product is taken yet.</summary>
    /// <param name="map">A.</param>
    /// <param name="starts">[vectors, n], none of them zero; left as they are.</param>
    /// <param name="steps">Most nodes of each, at least 1; never more than n are found.</param>
    /// <param name="scale">What is known of ‖A‖, from below: rounding of products is measured against it; 0 for nothing.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <exception cref="MatrixException">A start vector is zero or not finite.</exception>
    public RecurrenceBlock(ILinearMap map, Matrix starts, int steps, double scale, HostThreads threads)
    {
        (_map, _steps, _scale, _threads) = (map, Math.Min(steps, starts.Columns), scale, threads);
        _rows = new LongRows(starts.Columns, threads);
        _recurrences = [.. Enumerable.Range(0, starts.Rows).Select(row => new Recurrence(starts.Row(row), _steps))];
    }

    /// <summary>Whether every recurrence has ended.</summary>
    public bool IsDone => _recurrences.All(recurrence => recurrence.IsDone);

    /// <summary>Bytes that one recurrence keeps, its products included.</summary>
    /// <param name="order">n.</param>
    /// <param name="steps">Steps.</param>
    public static long BytesOfOne(int order, int steps) => sizeof(double) * (long)order * (Math.Min(order, steps) + 2);

    /// <summary>All steps.</summary>
    /// <param name="enough">Ends a recurrence before all its steps are done; null to do all.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Checked before each step.</param>
    public void Run(Func<SpectralQuadrature, bool>? enough, IProgress<double>? progress, CancellationToken cancellation)
    {
        Recurrence[] going = [];
        Matrix vectors = new(0, 0), products = vectors;
        for (int step = 0; step < _steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Recurrence[] left = [.. _recurrences.Where(recurrence => !recurrence.IsDone)];
            if (left.Length == 0)
                return;
            if (left.Length != going.Length)
            {
                vectors = new Matrix(left.Length, _map.Order);
                products = new Matrix(left.Length, _map.Order);
            }

            going = left;
            for (int row = 0; row < going.Length; row++)
                going[row].Vectors.Row(step).CopyTo(vectors.Row(row));
            _map.Multiply(vectors, products, cancellation);
            Continue(going, step, products);
            if (enough is not null)
                EndThoseThatAre(enough, going, cancellation);
            progress?.Report((step + 1.0) / _steps);
        }
    }

    /// <summary>What the recurrences have until now, in the order of their start vectors; those that have no step yet are left out.</summary>
    public ImmutableArray<SpectralQuadrature> Quadratures(CancellationToken cancellation)
        => [.. _recurrences.Where(recurrence => recurrence.Steps > 0).Select(recurrence => recurrence.Quadrature(_threads, cancellation))];

    // Takes A v of the step.
    private void Continue(Recurrence[] going, int step, Matrix products)
    {
        var images = RowRange.Of(products);
        double[] alphas = new double[going.Length];
        for (int row = 0; row < going.Length; row++)
        {
            RowRange image = images.Part(row, 1), kept = going[row].Vectors.Part(0, step + 1);
            alphas[row] = _rows.Remove(image, kept)[step];
            if (!double.IsFinite(alphas[row]))
                throw new MatrixException($"The product of step {step + 1} is not finite; give a matrix with finite elements.");
            _rows.Remove(image, kept);
        }

        _threads.Run(going.Length, new Extension(this, going, alphas, products));
    }

    private void EndThoseThatAre(Func<SpectralQuadrature, bool> enough, Recurrence[] going, CancellationToken cancellation)
    {
        foreach (Recurrence recurrence in going)
        {
            if (!recurrence.IsDone && enough(recurrence.Quadrature(_threads, cancellation)))
                recurrence.End();
        }
    }

    private readonly struct Extension(RecurrenceBlock owner, Recurrence[] going, double[] alphas, Matrix products) : IPartitionedWork
    {
        public void Run(int part) => going[part].Extend(
            alphas[part], products.Row(part), owner._steps, NegligibleRoundings * owner._map.UnitRoundoff, owner._scale);
    }

    /// <summary>The recurrence of one start vector.</summary>
    private sealed class Recurrence
    {
        private readonly double[] _alphas;
        private readonly double[] _betas;
        private double _norm;

        public Recurrence(ReadOnlySpan<double> start, int steps)
        {
            double norm = EuclideanNorm.Of(start);
            if (!(norm > 0 && double.IsFinite(norm)))
                throw new MatrixException($"A start vector has the length {norm} where a finite length above 0 is expected; give another one.");
            (_alphas, _betas, Vectors) = (new double[steps], new double[steps], new(new Memory<double>[steps], 0, steps));
            Keep(0, 1 / norm, start);
        }

        public bool IsDone { get; private set; }

        public int Steps { get; private set; }

        public RowRange Vectors { get; }

        public void End() => IsDone = true;

        public SpectralQuadrature Quadrature(HostThreads threads, CancellationToken cancellation)
            => new(new TridiagonalMatrix(_alphas[..Steps], _betas[..(Steps - 1)]), _betas[Steps - 1], threads, cancellation);

        // What is left of A v_j is β_j v_{j+1}; a β that is rounding, or as many steps as dimensions, end it in an invariant space.
        public void Extend(double alpha, ReadOnlySpan<double> rest, int steps, double negligible, double scale)
        {
            double beta = EuclideanNorm.Of(rest);
            double row = Math.Abs(alpha) + (Steps > 0 ? _betas[Steps - 1] : 0);
            _norm = Math.Max(_norm, row);
            bool exhausted = Steps + 1 == rest.Length || beta <= negligible * Math.Max(_norm, scale);
            (_alphas[Steps], _betas[Steps]) = (alpha, exhausted ? 0 : beta);
            Steps++;
            IsDone = exhausted || Steps == steps;
            if (!IsDone)
                Keep(Steps, 1 / beta, rest);
        }

        // A vector gets its memory when it is there: many recurrences end long before their last step.
        private void Keep(int step, double factor, ReadOnlySpan<double> vector)
        {
            double[] kept = GC.AllocateUninitializedArray<double>(vector.Length);
            vector.CopyTo(kept);
            Kernels.Linear.Vectors.Scale<double>(kept, factor);
            Vectors.All[step] = kept;
        }
    }
}
