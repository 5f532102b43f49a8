using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// The innermost product with channels in lanes: six rows of single pixels times two vectors of packed columns, all sums in registers. The pixel of row i in
/// term n lies at start_i + offset_n.
/// </summary>
internal static class ChannelTile<T, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = ChannelProduct.RowsOfTile;

    /// <summary>Columns of a tile: two vectors.</summary>
    public static int Columns => 2 * TLanes.Count;

    /// <summary>The sums of a tile.</summary>
    /// <param name="image">The laid image.</param>
    /// <param name="starts">Where each row's pixels are counted from.</param>
    /// <param name="offsets">How far from there each term's pixel lies.</param>
    /// <param name="columns">[terms, Columns].</param>
    /// <param name="sums">[Rows, 2], a vector each.</param>
    public static void Multiply(ReadOnlySpan<T> image, ReadOnlySpan<int> starts, ReadOnlySpan<int> offsets, ReadOnlySpan<T> columns, Span<TLanes> sums)
    {
        ref T x = ref MemoryMarshal.GetReference(image);
        ref TLanes right = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(columns));
        (nint s0, nint s1, nint s2, nint s3, nint s4, nint s5) = (starts[0], starts[1], starts[2], starts[3], starts[4], starts[5]);
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        foreach (int offset in offsets)
        {
            ref T pixels = ref Unsafe.Add(ref x, offset);
            TLanes b0 = right, b1 = Unsafe.Add(ref right, 1);
            var row = TLanes.Broadcast(Unsafe.Add(ref pixels, s0));
            (c00, c01) = (TLanes.MultiplyAdd(row, b0, c00), TLanes.MultiplyAdd(row, b1, c01));
            row = TLanes.Broadcast(Unsafe.Add(ref pixels, s1));
            (c10, c11) = (TLanes.MultiplyAdd(row, b0, c10), TLanes.MultiplyAdd(row, b1, c11));
            row = TLanes.Broadcast(Unsafe.Add(ref pixels, s2));
            (c20, c21) = (TLanes.MultiplyAdd(row, b0, c20), TLanes.MultiplyAdd(row, b1, c21));
            row = TLanes.Broadcast(Unsafe.Add(ref pixels, s3));
            (c30, c31) = (TLanes.MultiplyAdd(row, b0, c30), TLanes.MultiplyAdd(row, b1, c31));
            row = TLanes.Broadcast(Unsafe.Add(ref pixels, s4));
            (c40, c41) = (TLanes.MultiplyAdd(row, b0, c40), TLanes.MultiplyAdd(row, b1, c41));
            row = TLanes.Broadcast(Unsafe.Add(ref pixels, s5));
            (c50, c51) = (TLanes.MultiplyAdd(row, b0, c50), TLanes.MultiplyAdd(row, b1, c51));
            right = ref Unsafe.Add(ref right, 2);
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (c00, c01, c10, c11, c20, c21);
        (sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]) = (c30, c31, c40, c41, c50, c51);
    }

    /// <summary>Six of some starts from number <paramref name="first"/> on; where fewer are left the last one once more, of which nothing is used.</summary>
    public static void Take(ReadOnlySpan<int> all, int first, Span<int> starts)
    {
        for (int i = 0; i < starts.Length; i++)
            starts[i] = all[Math.Min(first + i, all.Length - 1)];
    }
}
