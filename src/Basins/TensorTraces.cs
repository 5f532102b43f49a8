using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>The trace of a tensor's diagonal block of the Hessian or the Gauss–Newton matrix.</summary>
/// <param name="Tensor">Which.</param>
/// <param name="Value">Its trace; null where there is none, and <see cref="TensorTraces.Reason"/> says why.</param>
/// <param name="StandardError">Its standard error; 0 where the block was computed. Null with the value.</param>
/// <param name="Interval">Where it lies with a confidence of <see cref="SampledNumber.Confidence"/>, rounding included. Null with the value.</param>
/// <param name="IsExact">Whether its block was computed, so that rounding alone is left.</param>
public sealed record TensorTrace(Parameter Tensor, double? Value, double? StandardError, Interval? Interval, bool IsExact)
{
    /// <summary>The tensor's name and its trace with its interval, for a person.</summary>
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{Tensor.Name} {value:g6}, in {Interval}")
        : $"{Tensor.Name} no value";
}

/// <summary>
/// The share that each parameter tensor has in the trace. The smallest tensors are taken exactly, from their blocks, one product an element, as long as
/// products are left for it; the diagonal of what remains is estimated by random probes, which give the sum over each tensor its own error.
/// </summary>
/// <param name="Tensors">In the network's order.</param>
/// <param name="Products">Products with a direction, an element of a block counting as one.</param>
/// <param name="Reason">Why what was estimated missed its tolerance or has no value, and what to do; null otherwise.</param>
public sealed record TensorTraces(ImmutableArray<TensorTrace> Tensors, long Products, string? Reason)
{
    /// <summary>All of them, for a person.</summary>
    public override string ToString() => $"{string.Join("; ", Tensors)}{(Reason is null ? string.Empty : $". {Reason}")}";

    /// <summary>Those of a network's Hessian or Gauss–Newton matrix.</summary>
    /// <param name="matrix">The matrix, at the parameters that its network has.</param>
    /// <param name="exactProducts">Most products for exact blocks, at least 0.</param>
    /// <param name="rest">Tolerance, products and seed for the diagonal of what remains (<see cref="DiagonalEstimate"/>).</param>
    /// <param name="threads">The team for vectors on the host; no result depends on its size.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    /// <exception cref="MatrixException">A product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static TensorTraces Of(
        INetworkMatrix matrix,
        long exactProducts,
        TraceOptions rest,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(exactProducts);
        var traces = new Dictionary<Parameter, TensorTrace>();
        long products = 0;
        foreach (Parameter tensor in matrix.Network.Parameters.OrderBy(tensor => tensor.Size).ThenBy(tensor => tensor.Offset))
        {
            if (products + tensor.Size > exactProducts)
                break;
            traces.Add(tensor, Exact(tensor, matrix.Block(tensor, cancellation), matrix.UnitRoundoff));
            products += tensor.Size;
        }

        Parameter[] remaining = [.. matrix.Network.Parameters.Where(tensor => !traces.ContainsKey(tensor))];
        string? reason = null;
        if (remaining.Length > 0)
        {
            var part = new TensorsMap(matrix, remaining);
            DiagonalEstimate diagonal = matrix.IsPositiveSemidefinite
                ? DiagonalEstimate.OfSemidefinite(part, null, rest, part.Places, threads, progress, cancellation)
                : DiagonalEstimate.Of(part, null, rest, part.Places, threads, progress, cancellation);
            products += diagonal.Products;
            reason = diagonal.Reason;
            for (int i = 0; i < remaining.Length; i++)
                traces.Add(remaining[i], Estimated(remaining[i], diagonal, i));
        }

        return new([.. matrix.Network.Parameters.Select(tensor => traces[tensor])], products, reason);
    }

    // An element of a block is off by about ε of its norm.
    private static TensorTrace Exact(Parameter tensor, Matrix block, double roundoff)
    {
        double value = CompensatedSum.Of(block.Rows, i => block[i, i]);
        double rounding = 2 * roundoff * ((Math.Sqrt(block.Rows) * EuclideanNorm.Of(block.Values)) + Math.Abs(value));
        return new(tensor, value, 0, Interval.Around(value, rounding), true);
    }

    private static TensorTrace Estimated(Parameter tensor, DiagonalEstimate diagonal, int group)
    {
        if (diagonal.Sums.IsEmpty)
            return new(tensor, null, null, null, false);
        SumOfEntries sum = diagonal.Sums[group];
        return new(tensor, sum.Value, sum.StandardError, sum.Interval, diagonal.IsExact);
    }

    /// <summary>The diagonal block of some tensors, one behind the other.</summary>
    private sealed class TensorsMap(ILinearMap map, Parameter[] tensors) : ILinearMap
    {
        public int Order { get; } = tensors.Sum(tensor => tensor.Size);

        public double UnitRoundoff => map.UnitRoundoff;

        /// <summary>Where each tensor lies in it.</summary>
        public Range[] Places
        {
            get
            {
                var places = new Range[tensors.Length];
                int first = 0;
                for (int i = 0; i < places.Length; i++)
                    places[i] = first..(first += tensors[i].Size);
                return places;
            }
        }

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
        {
            Matrix all = new(directions.Rows, map.Order), images = new(directions.Rows, map.Order);
            for (int row = 0; row < directions.Rows; row++)
            {
                int first = 0;
                foreach (Parameter tensor in tensors)
                {
                    directions.Row(row).Slice(first, tensor.Size).CopyTo(all.Row(row)[tensor.Offset..]);
                    first += tensor.Size;
                }
            }

            map.Multiply(all, images, cancellation);
            for (int row = 0; row < directions.Rows; row++)
            {
                int first = 0;
                foreach (Parameter tensor in tensors)
                {
                    images.Row(row).Slice(tensor.Offset, tensor.Size).CopyTo(products.Row(row)[first..]);
                    first += tensor.Size;
                }
            }
        }
    }
}
