using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// The innermost product where there is one vector of columns: 16 rows at equal distances times it, for processors with registers for so many sums. Six of
/// these, which is what <see cref="Tile{T}"/> has for one vector, would wait for each other.
/// </summary>
internal static class TallTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 16;

    /// <summary>Whether the processor at hand has the registers.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>left · right over <paramref name="depth"/> terms, set or added where the rows of the result begin.</summary>
    /// <param name="left">The first term of the first row.</param>
    /// <param name="row">Elements from a row to the next.</param>
    /// <param name="step">Elements from one term to the next.</param>
    /// <param name="right">[depth, <see cref="Tile{T}.Columns"/>], of which the first vectors are multiplied.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="result">Where the first row of the result begins.</param>
    /// <param name="next">Elements from there to the next one.</param>
    /// <param name="accumulate">Whether the product is added.</param>
    public static void Multiply(ref T left, nint row, nint step, ref T right, int depth, ref T result, nint next, bool accumulate)
    {
        ref WideLanes<T> b = ref Unsafe.As<T, WideLanes<T>>(ref right);
        ref T a = ref left;
        (nint two, nint three) = (2 * row, 3 * row);
        WideLanes<T> c0 = default, c1 = default, c2 = default, c3 = default;
        WideLanes<T> c4 = default, c5 = default, c6 = default, c7 = default;
        WideLanes<T> c8 = default, c9 = default, c10 = default, c11 = default;
        WideLanes<T> c12 = default, c13 = default, c14 = default, c15 = default;
        for (int k = 0; k < depth; k++)
        {
            WideLanes<T> x = b;
            ref T rows = ref a;
            c0 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(rows), x, c0);
            c1 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, row)), x, c1);
            c2 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, two)), x, c2);
            c3 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, three)), x, c3);
            rows = ref Unsafe.Add(ref rows, 4 * row);
            c4 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(rows), x, c4);
            c5 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, row)), x, c5);
            c6 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, two)), x, c6);
            c7 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, three)), x, c7);
            rows = ref Unsafe.Add(ref rows, 4 * row);
            c8 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(rows), x, c8);
            c9 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, row)), x, c9);
            c10 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, two)), x, c10);
            c11 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, three)), x, c11);
            rows = ref Unsafe.Add(ref rows, 4 * row);
            c12 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(rows), x, c12);
            c13 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, row)), x, c13);
            c14 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, two)), x, c14);
            c15 = WideLanes<T>.MultiplyAdd(WideLanes<T>.Broadcast(Unsafe.Add(ref rows, three)), x, c15);
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, 2);
        }

        ref T place = ref result;
        PutFour(ref place, next, c0, c1, c2, c3, accumulate);
        place = ref Unsafe.Add(ref place, 4 * next);
        PutFour(ref place, next, c4, c5, c6, c7, accumulate);
        place = ref Unsafe.Add(ref place, 4 * next);
        PutFour(ref place, next, c8, c9, c10, c11, accumulate);
        place = ref Unsafe.Add(ref place, 4 * next);
        PutFour(ref place, next, c12, c13, c14, c15, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFour(ref T place, nint next, WideLanes<T> a, WideLanes<T> b, WideLanes<T> c, WideLanes<T> d, bool accumulate)
    {
        Put(ref place, a, accumulate);
        Put(ref Unsafe.Add(ref place, next), b, accumulate);
        Put(ref Unsafe.Add(ref place, 2 * next), c, accumulate);
        Put(ref Unsafe.Add(ref place, 3 * next), d, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref T row, WideLanes<T> values, bool accumulate)
    {
        ref WideLanes<T> place = ref Unsafe.As<T, WideLanes<T>>(ref row);
        place = accumulate ? WideLanes<T>.Add(place, values) : values;
    }
}
