using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A shard's second-derivative matrix by products with one-hot directions. A direction inside an operator's parameters leaves all tangents before it zero;
/// only rows of that operator and of later ones are computed, of its own only what the upper triangle needs, and the rest follows by symmetry;
/// and where a one-hot direction's tangent is a copy of the input, nothing is multiplied.
/// </summary>
internal sealed class ShardSweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly ISamples _samples;
    private readonly Preparation<T> _prepare;
    private readonly RowSweep<T> _rows;
    private readonly RowExtent[] _extents;
    private readonly Dictionary<Parameter, GramSweep<T>> _grams;

    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">All samples.</param>
    /// <param name="prepare">What is computed of a chunk before directions run through it.</param>
    /// <param name="matrix">n × n; a shard's matrix is computed in it.</param>
    public ShardSweep(Plan<T> plan, ISamples samples, Preparation<T> prepare, Matrix matrix)
    {
        (_plan, _samples, _prepare, Matrix) = (plan, samples, prepare, matrix);
        _extents = [.. plan.Network.Parameters.SelectMany(parameter => Enumerable.Repeat(ExtentOf(parameter), parameter.Size))];
        _rows = new(plan, _extents);
        _grams = plan.Network.Parameters.Where(plan.Network.MultipliesInput).ToDictionary(
            parameter => parameter, parameter => new GramSweep<T>(plan, parameter, _rows));
    }

    /// <summary>The matrix that is computed in.</summary>
    public Matrix Matrix { get; }

    /// <summary>
    /// Computes a shard's matrix and puts its upper triangle, where what was computed twice (near the diagonal) is averaged, into a packed one.
    /// </summary>
    /// <param name="shard">Its samples.</param>
    /// <param name="packed">Overwritten, or added to.</param>
    /// <param name="accumulate">Whether it is added to.</param>
    /// <param name="progress">Told the share of the shard that is done.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <returns>The loss, and max |M − Mᵀ| of what was computed twice.</returns>
    public (double Loss, double Difference) Pack(
        SampleRange shard, double[] packed, bool accumulate, IProgress<double>? progress, CancellationToken cancellation)
    {
        double loss = Compute(shard, null, progress, cancellation);
        return (loss, Triangle.Pack(Matrix, _extents, packed, accumulate, _plan.Device.Threads));
    }

    /// <summary>
    /// Computes the matrix of the last shard and adds to it what waits for it; it is symmetric to the last bit then, and all of it is there.
    /// </summary>
    /// <param name="shard">Its samples.</param>
    /// <param name="waiting">What waits.</param>
    /// <param name="progress">Told the share of the shard that is done.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <returns>
    /// The shard's loss, max |M − Mᵀ| of what was computed twice, and the largest magnitude in the whole, which is not finite if an element is not.
    /// </returns>
    public (double Loss, double Difference, double Largest) Complete(
        SampleRange shard, WaitingSums waiting, IProgress<double>? progress, CancellationToken cancellation)
    {
        double loss = Compute(shard, waiting, progress, cancellation);
        double difference = Triangle.Symmetrise(Matrix, _extents, waiting, _plan.Device.Threads);
        double largest = _grams.Values.Aggregate(Triangle.Largest(Matrix, _extents, _plan.Device.Threads), (most, gram) => Math.Max(most, gram.Largest));
        return (loss, difference, largest);
    }

    private double Compute(SampleRange shard, WaitingSums? waiting, IProgress<double>? progress, CancellationToken cancellation)
    {
        Triangle.Clear(Matrix, _extents, _plan.Device.Threads);
        foreach (GramSweep<T> gram in _grams.Values)
            gram.Begin(shard.Count, waiting);
        double loss = 0;
        int chunks = Chunks.Count(_plan, shard);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += _prepare(_plan, _samples, Chunks.Of(_plan, shard, chunk));
            foreach (Parameter parameter in _plan.Network.Parameters)
            {
                if (_grams.TryGetValue(parameter, out GramSweep<T>? gram))
                    gram.AddRows(Matrix, cancellation);
                else
                    _rows.Add(_plan.Inside(parameter), parameter, Matrix, cancellation);
                progress?.Report((chunk + ((double)(parameter.Offset + parameter.Size) / Matrix.Rows)) / chunks);
            }
        }

        return loss;
    }

    // A row is taken from its tensor on; that of a matrix that multiplies the input from behind its tensor on, which has a square of its own.
    private RowExtent ExtentOf(Parameter parameter)
        => new(parameter.Offset, _plan.Network.MultipliesInput(parameter) ? parameter.Offset + parameter.Size : parameter.Offset);
}
