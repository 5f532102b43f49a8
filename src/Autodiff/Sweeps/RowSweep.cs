using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Rows of a second-derivative matrix by products with one-hot directions: the product for direction i is row i.</summary>
/// <param name="plan">The plan, with a chunk prepared.</param>
/// <param name="extents">
/// For each row from which column on it is added to. That depends on the row alone, so that the result does not depend on how directions are cut into blocks.
/// </param>
internal sealed class RowSweep<T>(Plan<T> plan, RowExtent[] extents)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds one chunk's share of the rows of a tensor, in the columns that the layout computes.</summary>
    public void Add(DirectionLayout<T> layout, Parameter parameter, Matrix matrix, CancellationToken cancellation)
    {
        for (int first = 0; first < parameter.Size; first += layout.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(layout.Capacity, parameter.Size - first);
            plan.MultiplyOneHot(layout, parameter, first, count);
            ReadOnlySpan<T> block = layout.Result.Slice(0, count * layout.Rows).Elements().Span;
            for (int v = 0; v < count; v++)
            {
                int row = parameter.Offset + first + v;
                int column = Math.Max(extents[row].Added, layout.FirstRow);
                Accumulation.Add(block.Slice(v * layout.Rows, layout.Rows)[(column - layout.FirstRow)..], matrix.Row(row)[column..]);
            }
        }
    }
}
