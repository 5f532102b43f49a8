using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// The innermost product: 6 rows times 2 vectors of packed columns, 12 sums in registers, two loads and six broadcasts for
/// twelve multiply-adds in each step of k. Where only one of the two vectors is wanted, half of it.
/// </summary>
internal static class Tile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile: two vectors.</summary>
    public static int Columns => 2 * HalfColumns;

    /// <summary>Columns of half a tile: one vector.</summary>
    public static int HalfColumns => Vector512.IsHardwareAccelerated ? WideLanes<T>.Count : UsualLanes<T>.Count;

    /// <summary>left · right over <paramref name="depth"/> terms, set or added where the rows of the result begin.</summary>
    /// <param name="left">[depth, Rows].</param>
    /// <param name="right">[depth, Columns].</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="result">What the rows lie in; the caller sees to it that it is long enough.</param>
    /// <param name="rows">Where in it each of the <see cref="Rows"/> rows begins; its <see cref="Columns"/> elements follow each other.</param>
    /// <param name="accumulate">Whether the product is added.</param>
    public static void Multiply(in TileRows<T> left, ReadOnlySpan<T> right, int depth, ref T result, ReadOnlySpan<int> rows, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated)
            Multiply<WideLanes<T>>(left, right, depth, ref result, rows, accumulate);
        else
            Multiply<UsualLanes<T>>(left, right, depth, ref result, rows, accumulate);
    }

    /// <summary>The same for one vector of the columns; it is put where the rows of the result begin.</summary>
    /// <param name="left">[depth, Rows].</param>
    /// <param name="right">[depth, Columns].</param>
    /// <param name="half">Which of the two vectors, 0 or 1.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="result">What the rows lie in; the caller sees to it that it is long enough.</param>
    /// <param name="rows">Where in it each of the <see cref="Rows"/> rows begins; its <see cref="HalfColumns"/> elements follow each other.</param>
    /// <param name="accumulate">Whether the product is added.</param>
    public static void MultiplyHalf(in TileRows<T> left, ReadOnlySpan<T> right, int half, int depth, ref T result, ReadOnlySpan<int> rows, bool accumulate)
    {
        if (Vector512.IsHardwareAccelerated)
            MultiplyHalf<WideLanes<T>>(left, right, half, depth, ref result, rows, accumulate);
        else
            MultiplyHalf<UsualLanes<T>>(left, right, half, depth, ref result, rows, accumulate);
    }

    /// <summary>Both vectors, of one width: strips of columns are two of them wide.</summary>
    internal static void Multiply<TLanes>(in TileRows<T> left, ReadOnlySpan<T> right, int depth, ref T result, ReadOnlySpan<int> rows, bool accumulate)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref TLanes b = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(right));
        ref T a = ref left.First;
        ReadOnlySpan<int> starts = left.Starts;
        (nint a0, nint a1, nint a2, nint a3, nint a4, nint a5) = (starts[0], starts[1], starts[2], starts[3], starts[4], starts[5]);
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < depth; k++)
        {
            TLanes b0 = b;
            TLanes b1 = Unsafe.Add(ref b, 1);
            var x = TLanes.Broadcast(Unsafe.Add(ref a, a0));
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(Unsafe.Add(ref a, a1));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(Unsafe.Add(ref a, a2));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(Unsafe.Add(ref a, a3));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            x = TLanes.Broadcast(Unsafe.Add(ref a, a4));
            c40 = TLanes.MultiplyAdd(x, b0, c40);
            c41 = TLanes.MultiplyAdd(x, b1, c41);
            x = TLanes.Broadcast(Unsafe.Add(ref a, a5));
            c50 = TLanes.MultiplyAdd(x, b0, c50);
            c51 = TLanes.MultiplyAdd(x, b1, c51);
            a = ref Unsafe.Add(ref a, left.Step);
            b = ref Unsafe.Add(ref b, 2);
        }

        Put(ref Unsafe.Add(ref result, rows[0]), c00, c01, accumulate);
        Put(ref Unsafe.Add(ref result, rows[1]), c10, c11, accumulate);
        Put(ref Unsafe.Add(ref result, rows[2]), c20, c21, accumulate);
        Put(ref Unsafe.Add(ref result, rows[3]), c30, c31, accumulate);
        Put(ref Unsafe.Add(ref result, rows[4]), c40, c41, accumulate);
        Put(ref Unsafe.Add(ref result, rows[5]), c50, c51, accumulate);
    }

    /// <summary>One of the two.</summary>
    internal static void MultiplyHalf<TLanes>(
        in TileRows<T> left, ReadOnlySpan<T> right, int half, int depth, ref T result, ReadOnlySpan<int> rows, bool accumulate)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref TLanes b = ref Unsafe.Add(ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(right)), half);
        ref T a = ref left.First;
        ReadOnlySpan<int> starts = left.Starts;
        (nint a0, nint a1, nint a2, nint a3, nint a4, nint a5) = (starts[0], starts[1], starts[2], starts[3], starts[4], starts[5]);
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        for (int k = 0; k < depth; k++)
        {
            TLanes x = b;
            c0 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a0)), x, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a1)), x, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a2)), x, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a3)), x, c3);
            c4 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a4)), x, c4);
            c5 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref a, a5)), x, c5);
            a = ref Unsafe.Add(ref a, left.Step);
            b = ref Unsafe.Add(ref b, 2);
        }

        Put(ref Unsafe.Add(ref result, rows[0]), c0, accumulate);
        Put(ref Unsafe.Add(ref result, rows[1]), c1, accumulate);
        Put(ref Unsafe.Add(ref result, rows[2]), c2, accumulate);
        Put(ref Unsafe.Add(ref result, rows[3]), c3, accumulate);
        Put(ref Unsafe.Add(ref result, rows[4]), c4, accumulate);
        Put(ref Unsafe.Add(ref result, rows[5]), c5, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes>(ref T row, TLanes left, TLanes right, bool accumulate)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Put(ref row, left, accumulate);
        Put(ref Unsafe.Add(ref row, TLanes.Count), right, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes>(ref T row, TLanes values, bool accumulate)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref TLanes place = ref Unsafe.As<T, TLanes>(ref row);
        place = accumulate ? TLanes.Add(place, values) : values;
    }
}
