using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// The innermost product: rows of packed weights times two vectors of positions, all sums in registers. In each term both vectors are loaded where their
/// pixels lie, and every row's weight is multiplied with both.
/// </summary>
/// <param name="offsets">How far from the positions each term's pixels lie.</param>
/// <param name="first">Where the first vector of positions begins.</param>
/// <param name="second">Where the second one begins.</param>
internal readonly ref struct SlidingTile<T, TLanes>(ReadOnlySpan<int> offsets, int first, int second)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    private readonly ReadOnlySpan<int> _offsets = offsets;
    private readonly nint _first = first;
    private readonly nint _second = second;

    /// <summary>Where the sums go.</summary>
    /// <param name="rows">Where each row begins.</param>
    /// <param name="first">How far from there the first vector's sums go.</param>
    /// <param name="second">How far from there the second one's go.</param>
    /// <param name="accumulate">Whether they are added.</param>
    internal readonly ref struct Places(ReadOnlySpan<int> rows, int first, int second, bool accumulate)
    {
        public readonly ReadOnlySpan<int> Rows = rows;
        public readonly nint First = first;
        public readonly nint Second = second;
        public readonly bool Accumulate = accumulate;
    }

    /// <summary>As many rows as a strip has.</summary>
    /// <param name="height">8, 6 or 4.</param>
    /// <param name="filters">[terms, height].</param>
    /// <param name="image">The laid image.</param>
    /// <param name="result">What the rows are counted from.</param>
    /// <param name="places">Where the sums go.</param>
    public void Multiply(int height, ReadOnlySpan<T> filters, ReadOnlySpan<T> image, ref T result, in Places places)
    {
        if (height == 8)
            Eight(filters, image, ref result, places);
        else if (height == 6)
            Six(filters, image, ref result, places);
        else
            Four(filters, image, ref result, places);
    }

    // filters: [terms, 8]. For processors with registers for sixteen sums and what they are made of.
    private void Eight(ReadOnlySpan<T> filters, ReadOnlySpan<T> image, ref T result, in Places places)
    {
        ref T w = ref MemoryMarshal.GetReference(filters);
        ref T x = ref MemoryMarshal.GetReference(image);
        (nint first, nint second) = (_first, _second);
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        TLanes c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        foreach (int offset in _offsets)
        {
            ref T pixels = ref Unsafe.Add(ref x, offset);
            var x0 = TLanes.Load(ref Unsafe.Add(ref pixels, first));
            var x1 = TLanes.Load(ref Unsafe.Add(ref pixels, second));
            var row = TLanes.Broadcast(w);
            (c00, c01) = (TLanes.MultiplyAdd(row, x0, c00), TLanes.MultiplyAdd(row, x1, c01));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 1));
            (c10, c11) = (TLanes.MultiplyAdd(row, x0, c10), TLanes.MultiplyAdd(row, x1, c11));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 2));
            (c20, c21) = (TLanes.MultiplyAdd(row, x0, c20), TLanes.MultiplyAdd(row, x1, c21));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 3));
            (c30, c31) = (TLanes.MultiplyAdd(row, x0, c30), TLanes.MultiplyAdd(row, x1, c31));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 4));
            (c40, c41) = (TLanes.MultiplyAdd(row, x0, c40), TLanes.MultiplyAdd(row, x1, c41));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 5));
            (c50, c51) = (TLanes.MultiplyAdd(row, x0, c50), TLanes.MultiplyAdd(row, x1, c51));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 6));
            (c60, c61) = (TLanes.MultiplyAdd(row, x0, c60), TLanes.MultiplyAdd(row, x1, c61));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 7));
            (c70, c71) = (TLanes.MultiplyAdd(row, x0, c70), TLanes.MultiplyAdd(row, x1, c71));
            w = ref Unsafe.Add(ref w, 8);
        }

        Put(ref result, places, 0, c00, c01);
        Put(ref result, places, 1, c10, c11);
        Put(ref result, places, 2, c20, c21);
        Put(ref result, places, 3, c30, c31);
        Put(ref result, places, 4, c40, c41);
        Put(ref result, places, 5, c50, c51);
        Put(ref result, places, 6, c60, c61);
        Put(ref result, places, 7, c70, c71);
    }

    // filters: [terms, 6].
    private void Six(ReadOnlySpan<T> filters, ReadOnlySpan<T> image, ref T result, in Places places)
    {
        ref T w = ref MemoryMarshal.GetReference(filters);
        ref T x = ref MemoryMarshal.GetReference(image);
        (nint first, nint second) = (_first, _second);
        TLanes c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TLanes c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        foreach (int offset in _offsets)
        {
            ref T pixels = ref Unsafe.Add(ref x, offset);
            var x0 = TLanes.Load(ref Unsafe.Add(ref pixels, first));
            var x1 = TLanes.Load(ref Unsafe.Add(ref pixels, second));
            var row = TLanes.Broadcast(w);
            (c00, c01) = (TLanes.MultiplyAdd(row, x0, c00), TLanes.MultiplyAdd(row, x1, c01));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 1));
            (c10, c11) = (TLanes.MultiplyAdd(row, x0, c10), TLanes.MultiplyAdd(row, x1, c11));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 2));
            (c20, c21) = (TLanes.MultiplyAdd(row, x0, c20), TLanes.MultiplyAdd(row, x1, c21));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 3));
            (c30, c31) = (TLanes.MultiplyAdd(row, x0, c30), TLanes.MultiplyAdd(row, x1, c31));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 4));
            (c40, c41) = (TLanes.MultiplyAdd(row, x0, c40), TLanes.MultiplyAdd(row, x1, c41));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 5));
            (c50, c51) = (TLanes.MultiplyAdd(row, x0, c50), TLanes.MultiplyAdd(row, x1, c51));
            w = ref Unsafe.Add(ref w, 6);
        }

        Put(ref result, places, 0, c00, c01);
        Put(ref result, places, 1, c10, c11);
        Put(ref result, places, 2, c20, c21);
        Put(ref result, places, 3, c30, c31);
        Put(ref result, places, 4, c40, c41);
        Put(ref result, places, 5, c50, c51);
    }

    // filters: [terms, 4].
    private void Four(ReadOnlySpan<T> filters, ReadOnlySpan<T> image, ref T result, in Places places)
    {
        ref T w = ref MemoryMarshal.GetReference(filters);
        ref T x = ref MemoryMarshal.GetReference(image);
        (nint first, nint second) = (_first, _second);
        TLanes c00 = default, c01 = default, c10 = default, c11 = default;
        TLanes c20 = default, c21 = default, c30 = default, c31 = default;
        foreach (int offset in _offsets)
        {
            ref T pixels = ref Unsafe.Add(ref x, offset);
            var x0 = TLanes.Load(ref Unsafe.Add(ref pixels, first));
            var x1 = TLanes.Load(ref Unsafe.Add(ref pixels, second));
            var row = TLanes.Broadcast(w);
            (c00, c01) = (TLanes.MultiplyAdd(row, x0, c00), TLanes.MultiplyAdd(row, x1, c01));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 1));
            (c10, c11) = (TLanes.MultiplyAdd(row, x0, c10), TLanes.MultiplyAdd(row, x1, c11));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 2));
            (c20, c21) = (TLanes.MultiplyAdd(row, x0, c20), TLanes.MultiplyAdd(row, x1, c21));
            row = TLanes.Broadcast(Unsafe.Add(ref w, 3));
            (c30, c31) = (TLanes.MultiplyAdd(row, x0, c30), TLanes.MultiplyAdd(row, x1, c31));
            w = ref Unsafe.Add(ref w, 4);
        }

        Put(ref result, places, 0, c00, c01);
        Put(ref result, places, 1, c10, c11);
        Put(ref result, places, 2, c20, c21);
        Put(ref result, places, 3, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref T result, in Places places, int row, TLanes first, TLanes second)
    {
        ref T start = ref Unsafe.Add(ref result, places.Rows[row]);
        Put(ref Unsafe.Add(ref start, places.First), first, places.Accumulate);
        Put(ref Unsafe.Add(ref start, places.Second), second, places.Accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref T place, TLanes values, bool accumulate)
    {
        ref TLanes lanes = ref Unsafe.As<T, TLanes>(ref place);
        lanes = accumulate ? TLanes.Add(lanes, values) : values;
    }
}
