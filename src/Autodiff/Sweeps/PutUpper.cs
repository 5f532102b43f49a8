using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Puts the upper triangles of Gram matrices into their blocks.</summary>
/// <param name="grams">[P, size, size].</param>
/// <param name="blocks">Where each belongs.</param>
/// <param name="accumulate">Whether they are added to what is there.</param>
internal readonly struct PutUpper<T>(ReadOnlyMemory<T> grams, GramBlocks blocks, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where each belongs.</summary>
    public GramBlocks Blocks { get; } = blocks;

    public void Run(int part)
    {
        GramRows rows = Blocks.Rows(part);
        for (int i = rows.First; i < rows.End; i++)
        {
            ReadOnlySpan<T> row = grams.Span.Slice(((rows.Block * Blocks.Size) + i) * Blocks.Size, Blocks.Size)[i..];
            Span<double> place = Blocks.Upper(rows.Top, rows.Left, i);
            if (accumulate)
                Accumulation.Add(row, place);
            else
                Accumulation.Set(row, place);
        }
    }
}
