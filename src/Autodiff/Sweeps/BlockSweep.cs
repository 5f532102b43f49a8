using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// One block of a second-derivative matrix, for the rows and columns of any two groups of parameter tensors, without the rest:
/// one-hot directions run through the smaller group, and the reverse pass ends at the first operator of the other one.
/// </summary>
internal static class BlockSweep
{
    /// <summary>[size of <paramref name="rows"/>, size of <paramref name="columns"/>], tensors in the order given.</summary>
    /// <exception cref="NetworkException">
    /// A group is empty, or a tensor is not the network's, there are no samples, or a label is not a class of the network.
    /// </exception>
    public static Matrix Run<T>(
        Plan<T> plan, ISamples samples, IReadOnlyList<Parameter> rows, IReadOnlyList<Parameter> columns, Preparation<T> prepare, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(plan.Network, rows);
        Check(plan.Network, columns);
        if (Size(columns) < Size(rows))
            return Run(plan, samples, columns, rows, prepare, cancellation).Transpose();
        using Plan<T>.Turn turn = plan.Enter();
        int firstNode = columns.Min(parameter => parameter.Node);
        var block = new Matrix(Size(rows), Size(columns));
        var places = new SumPlaces(block.Values.Length);
        places.Return(block.Values);
        var shards = SampleShards.OfVectors(plan, samples.Count);
        IReadOnlyList<Plan<T>> lanes = shards.LanesOf(plan);
        var layouts = lanes.ToDictionary(lane => lane, lane => rows.Select(parameter => lane.Inside(parameter, firstNode)).ToArray());
        double[] elements = SharedSum.Over(lanes, shards, places, (lane, number, sum) =>
        {
            sum.AsSpan().Clear();
            SampleRange shard = shards[number];
            var part = new Matrix(block.Rows, block.Columns, sum);
            for (int chunk = 0; chunk < Chunks.Count(lane, shard); chunk++)
            {
                prepare(lane, samples, Chunks.Of(lane, shard, chunk));
                for (int r = 0, start = 0; r < rows.Count; start += rows[r++].Size)
                    AddRows(lane, layouts[lane][r], rows[r], columns, part, start, cancellation);
            }
        });
        block = new(block.Rows, block.Columns, elements);
        if (rows.SequenceEqual(columns))
            Triangle.Symmetrise(block, new RowExtent[block.Rows], WaitingSums.None, plan.Device.Threads); // every element was computed
        return block;
    }

    // By symmetry the product for one-hot direction i is row i.
    private static void AddRows<T>(
        Plan<T> plan, DirectionLayout<T> layout, Parameter parameter, IReadOnlyList<Parameter> columns, Matrix block, int start, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < parameter.Size; first += layout.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(layout.Capacity, parameter.Size - first);
            plan.MultiplyOneHot(layout, parameter, first, count);
            ReadOnlySpan<T> products = layout.Result.Slice(0, count * layout.Rows).Elements().Span;
            for (int v = 0; v < count; v++)
                AddRow(products.Slice(v * layout.Rows, layout.Rows), layout.FirstRow, columns, block.Row(start + first + v));
        }
    }

    private static void AddRow<T>(ReadOnlySpan<T> product, int firstRow, IReadOnlyList<Parameter> columns, Span<double> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (Parameter parameter in columns)
        {
            Accumulation.Add(product.Slice(parameter.Offset - firstRow, parameter.Size), row[..parameter.Size]);
            row = row[parameter.Size..];
        }
    }

    private static int Size(IReadOnlyList<Parameter> group) => group.Sum(parameter => parameter.Size);

    private static void Check(Network network, IReadOnlyList<Parameter> group)
    {
        if (group.Count == 0)
            throw new NetworkException("A group of parameters is empty; a block needs at least one tensor for its rows and one for its columns.");
        foreach (Parameter parameter in group)
        {
            if (!network.Parameters.Contains(parameter))
                throw new NetworkException($"The tensor '{parameter.Name}' is not one of this network; take it from the network's own list of parameters.");
        }
    }
}
