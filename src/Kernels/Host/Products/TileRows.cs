using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// The left-hand operand of a tile, counted by rows and terms: its rows packed side by side, or as they lie in memory, which is better where few columns use
/// them.
/// </summary>
internal readonly ref struct TileRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private TileRows(ref T first, ReadOnlySpan<int> starts, int step)
    {
        First = ref first;
        Starts = starts;
        Step = step;
    }

    /// <summary>What the rows are counted from.</summary>
    public readonly ref T First;

    /// <summary>Where each row begins.</summary>
    public ReadOnlySpan<int> Starts { get; }

    /// <summary>Elements from one term of a row to the next.</summary>
    public int Step { get; }

    /// <summary>Packed rows.</summary>
    /// <param name="rows">[depth, rows of a tile].</param>
    public static TileRows<T> Packed(ReadOnlySpan<T> rows) => new(ref MemoryMarshal.GetReference(rows), [0, 1, 2, 3, 4, 5], Tile<T>.Rows);

    /// <summary>Rows where they lie.</summary>
    /// <param name="first">What they are counted from; the caller sees to it that all their terms are there.</param>
    /// <param name="starts">Where each begins, as many as a tile has.</param>
    /// <param name="step">Elements from one term to the next.</param>
    public static TileRows<T> InPlace(ref T first, ReadOnlySpan<int> starts, int step) => new(ref first, starts, step);
}
