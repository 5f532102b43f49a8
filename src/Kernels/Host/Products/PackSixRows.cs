using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// Packs as many rows as a tile has, term by term. Where the terms of a row follow each other, four of each row are taken at once and transposed in registers.
/// </summary>
internal static class PackSixRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Terms = 4;

    /// <summary>target[term, row] = data[starts[row] + term · step].</summary>
    /// <param name="data">What the rows are counted from; the caller sees to it that all their terms are there.</param>
    /// <param name="starts">Where each of the <see cref="Tile{T}.Rows"/> rows begins.</param>
    /// <param name="step">Elements from one term to the next.</param>
    /// <param name="depth">Terms of each row.</param>
    /// <param name="target">[depth, rows of a tile]; the caller sees to it that it is long enough.</param>
    public static void Run(ref T data, ReadOnlySpan<int> starts, int step, int depth, ref T target)
    {
        int done = step == 1 && FourByFour.IsSupported<T>() ? depth / Terms * Terms : 0;
        for (int n = 0; n < done; n += Terms)
        {
            ref T source = ref Unsafe.Add(ref data, n);
            ref T place = ref Unsafe.Add(ref target, n * Tile<T>.Rows);
            if (typeof(T) == typeof(double))
                CopyTerms(ref Unsafe.As<T, double>(ref source), starts, ref Unsafe.As<T, double>(ref place));
            else
                CopyTerms(ref Unsafe.As<T, float>(ref source), starts, ref Unsafe.As<T, float>(ref place));
        }

        CopyElements(ref data, starts, step, done, depth, ref target);
    }

    private static void CopyElements(ref T data, ReadOnlySpan<int> starts, nint step, int first, int end, ref T target)
    {
        (int s0, int s1, int s2, int s3, int s4, int s5) = (starts[0], starts[1], starts[2], starts[3], starts[4], starts[5]);
        ref T source = ref Unsafe.Add(ref data, first * step);
        target = ref Unsafe.Add(ref target, first * Tile<T>.Rows);
        for (int n = first; n < end; n++)
        {
            target = Unsafe.Add(ref source, s0);
            Unsafe.Add(ref target, 1) = Unsafe.Add(ref source, s1);
            Unsafe.Add(ref target, 2) = Unsafe.Add(ref source, s2);
            Unsafe.Add(ref target, 3) = Unsafe.Add(ref source, s3);
            Unsafe.Add(ref target, 4) = Unsafe.Add(ref source, s4);
            Unsafe.Add(ref target, 5) = Unsafe.Add(ref source, s5);
            target = ref Unsafe.Add(ref target, Tile<T>.Rows);
            source = ref Unsafe.Add(ref source, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTerms(ref double data, ReadOnlySpan<int> starts, ref double target)
    {
        FourByFour.Transpose(
            Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[0])),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[1])),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[2])),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[3])),
            out Vector256<double> first,
            out Vector256<double> second,
            out Vector256<double> third,
            out Vector256<double> fourth);
        var fifthRow = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[4]));
        var sixthRow = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, starts[5]));
        // Pairs of the first and the third term, and of the second and the fourth.
        Vector256<double> even = Avx.UnpackLow(fifthRow, sixthRow), odd = Avx.UnpackHigh(fifthRow, sixthRow);
        first.StoreUnsafe(ref target);
        even.GetLower().StoreUnsafe(ref Unsafe.Add(ref target, 4));
        second.StoreUnsafe(ref Unsafe.Add(ref target, 6));
        odd.GetLower().StoreUnsafe(ref Unsafe.Add(ref target, 10));
        third.StoreUnsafe(ref Unsafe.Add(ref target, 12));
        even.GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, 16));
        fourth.StoreUnsafe(ref Unsafe.Add(ref target, 18));
        odd.GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, 22));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTerms(ref float data, ReadOnlySpan<int> starts, ref float target)
    {
        FourByFour.Transpose(
            Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[0])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[1])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[2])),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[3])),
            out Vector128<float> first,
            out Vector128<float> second,
            out Vector128<float> third,
            out Vector128<float> fourth);
        var fifthRow = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[4]));
        var sixthRow = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, starts[5]));
        // Pairs of the first two terms, and of the last two.
        Vector128<float> left = Sse.UnpackLow(fifthRow, sixthRow), right = Sse.UnpackHigh(fifthRow, sixthRow);
        first.StoreUnsafe(ref target);
        left.GetLower().StoreUnsafe(ref Unsafe.Add(ref target, 4));
        second.StoreUnsafe(ref Unsafe.Add(ref target, 6));
        left.GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, 10));
        third.StoreUnsafe(ref Unsafe.Add(ref target, 12));
        right.GetLower().StoreUnsafe(ref Unsafe.Add(ref target, 16));
        fourth.StoreUnsafe(ref Unsafe.Add(ref target, 18));
        right.GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, 22));
    }
}
