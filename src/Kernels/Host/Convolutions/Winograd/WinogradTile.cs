using System.Runtime.CompilerServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// The transforms of a tile, for a vector of channels. In one dimension two outputs of three weights are, with four multiplications where sums take six
/// (S. Winograd, Arithmetic Complexity of Computations, 1980; for images A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks, 2016),
/// <code>
/// y = Aᵀ((G g) ⊙ (Bᵀ d))     Bᵀ d = (d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃)
///                            G g  = (g₀, (g₀ + g₁ + g₂)/2, (g₀ − g₁ + g₂)/2, g₂)
///                            Aᵀ m = (m₀ + m₁ + m₂, m₁ − m₂ − m₃)
/// </code>
/// and in two dimensions the transforms go over rows and columns: Y = Aᵀ((G g Gᵀ) ⊙ (Bᵀ D B))A. The sum over input channels is taken of the products of
/// transformed elements, which makes each of the sixteen a matrix product over channels and tiles. Since y is linear in g, its transpose in g is
/// <code>
/// ḡ = Gᵀ((A ȳ) ⊙ (Bᵀ d))     A ȳ = (ȳ₀, ȳ₀ + ȳ₁, ȳ₀ − ȳ₁, −ȳ₁)     Gᵀ e = (e₀ + (e₁ + e₂)/2, (e₁ − e₂)/2, (e₁ + e₂)/2 + e₃)
/// </code>
/// An output depends on its own nine pixels alone, here too: zeros give zero, and what is no finite number does not spread.
/// </summary>
internal static class WinogradTile<T, TLanes>
    where T : unmanaged
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    /// <summary>D ↦ Bᵀ D B, a tile of 4 x 4 pixels.</summary>
    /// <param name="pixels">The first pixel.</param>
    /// <param name="right">Elements to its right neighbour.</param>
    /// <param name="down">Elements to the one below.</param>
    /// <param name="target">The first of the sixteen elements.</param>
    /// <param name="step">Elements from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformImage(ref T pixels, nint right, nint down, ref T target, nint step)
    {
        ref T one = ref Unsafe.Add(ref pixels, down);
        ref T two = ref Unsafe.Add(ref one, down);
        ref T three = ref Unsafe.Add(ref two, down);
        TLanes a0 = At(ref pixels), b0 = At(ref one), c0 = At(ref two), d0 = At(ref three);
        TLanes a1 = At(ref Unsafe.Add(ref pixels, right)), b1 = At(ref Unsafe.Add(ref one, right));
        TLanes c1 = At(ref Unsafe.Add(ref two, right)), d1 = At(ref Unsafe.Add(ref three, right));
        TLanes a2 = At(ref Unsafe.Add(ref pixels, 2 * right)), b2 = At(ref Unsafe.Add(ref one, 2 * right));
        TLanes c2 = At(ref Unsafe.Add(ref two, 2 * right)), d2 = At(ref Unsafe.Add(ref three, 2 * right));
        TLanes a3 = At(ref Unsafe.Add(ref pixels, 3 * right)), b3 = At(ref Unsafe.Add(ref one, 3 * right));
        TLanes c3 = At(ref Unsafe.Add(ref two, 3 * right)), d3 = At(ref Unsafe.Add(ref three, 3 * right));
        PutImageRow(TLanes.Subtract(a0, c0), TLanes.Subtract(a1, c1), TLanes.Subtract(a2, c2), TLanes.Subtract(a3, c3), ref target, step);
        target = ref Unsafe.Add(ref target, 4 * step);
        PutImageRow(TLanes.Add(b0, c0), TLanes.Add(b1, c1), TLanes.Add(b2, c2), TLanes.Add(b3, c3), ref target, step);
        target = ref Unsafe.Add(ref target, 4 * step);
        PutImageRow(TLanes.Subtract(c0, b0), TLanes.Subtract(c1, b1), TLanes.Subtract(c2, b2), TLanes.Subtract(c3, b3), ref target, step);
        target = ref Unsafe.Add(ref target, 4 * step);
        PutImageRow(TLanes.Subtract(b0, d0), TLanes.Subtract(b1, d1), TLanes.Subtract(b2, d2), TLanes.Subtract(b3, d3), ref target, step);
    }

    /// <summary>g ↦ G g Gᵀ, nine elements of a filter.</summary>
    /// <param name="filter">The first element.</param>
    /// <param name="next">Elements from one to the next; negative where the filter is turned round.</param>
    /// <param name="half">1/2 in all lanes.</param>
    /// <param name="target">The first of the sixteen elements.</param>
    /// <param name="step">Elements from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformFilter(ref T filter, nint next, TLanes half, ref T target, nint step)
    {
        ref T middle = ref Unsafe.Add(ref filter, 3 * next);
        ref T last = ref Unsafe.Add(ref filter, 6 * next);
        TLanes a0 = At(ref filter), a1 = At(ref Unsafe.Add(ref filter, next)), a2 = At(ref Unsafe.Add(ref filter, 2 * next));
        TLanes b0 = At(ref middle), b1 = At(ref Unsafe.Add(ref middle, next)), b2 = At(ref Unsafe.Add(ref middle, 2 * next));
        TLanes c0 = At(ref last), c1 = At(ref Unsafe.Add(ref last, next)), c2 = At(ref Unsafe.Add(ref last, 2 * next));
        PutTransformedLine(a0, a1, a2, half, ref target, step);
        TLanes d0 = TLanes.Multiply(half, TLanes.Add(a0, c0)), d1 = TLanes.Multiply(half, TLanes.Add(a1, c1)), d2 = TLanes.Multiply(half, TLanes.Add(a2, c2));
        (b0, b1, b2) = (TLanes.Multiply(half, b0), TLanes.Multiply(half, b1), TLanes.Multiply(half, b2));
        PutTransformedLine(TLanes.Add(d0, b0), TLanes.Add(d1, b1), TLanes.Add(d2, b2), half, ref Unsafe.Add(ref target, 4 * step), step);
        PutTransformedLine(TLanes.Subtract(d0, b0), TLanes.Subtract(d1, b1), TLanes.Subtract(d2, b2), half, ref Unsafe.Add(ref target, 8 * step), step);
        PutTransformedLine(c0, c1, c2, half, ref Unsafe.Add(ref target, 12 * step), step);
    }

    /// <summary>M ↦ Aᵀ M A, a tile of 2 x 2 outputs.</summary>
    /// <param name="products">The first of the sixteen elements.</param>
    /// <param name="step">Elements from one to the next.</param>
    /// <param name="outputs">The first output.</param>
    /// <param name="right">Elements to its right neighbour.</param>
    /// <param name="down">Elements to the one below.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformProducts(ref T products, nint step, ref T outputs, nint right, nint down)
    {
        ref T next = ref products;
        TLanes a0 = First(ref next, step), a1 = Second(ref next, step);
        next = ref Unsafe.Add(ref next, 4 * step);
        TLanes b0 = First(ref next, step), b1 = Second(ref next, step);
        next = ref Unsafe.Add(ref next, 4 * step);
        TLanes c0 = First(ref next, step), c1 = Second(ref next, step);
        next = ref Unsafe.Add(ref next, 4 * step);
        TLanes d0 = First(ref next, step), d1 = Second(ref next, step);
        At(ref outputs) = TLanes.Add(TLanes.Add(a0, b0), c0);
        At(ref Unsafe.Add(ref outputs, right)) = TLanes.Add(TLanes.Add(a1, b1), c1);
        At(ref Unsafe.Add(ref outputs, down)) = TLanes.Subtract(TLanes.Subtract(b0, c0), d0);
        At(ref Unsafe.Add(ref outputs, down + right)) = TLanes.Subtract(TLanes.Subtract(b1, c1), d1);
    }

    /// <summary>Ȳ ↦ A Ȳ Aᵀ, a tile of 2 x 2 outputs' adjoints, but for the sign of what has the index 3, which <see cref="TransformSums"/> brings in.</summary>
    /// <param name="adjoints">The first output's.</param>
    /// <param name="right">Elements to its right neighbour.</param>
    /// <param name="down">Elements to the one below.</param>
    /// <param name="target">The first of the sixteen elements.</param>
    /// <param name="step">Elements from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformAdjoints(ref T adjoints, nint right, nint down, ref T target, nint step)
    {
        TLanes a0 = At(ref adjoints), a1 = At(ref Unsafe.Add(ref adjoints, right));
        TLanes b0 = At(ref Unsafe.Add(ref adjoints, down)), b1 = At(ref Unsafe.Add(ref adjoints, down + right));
        PutAdjointRow(a0, a1, ref target, step);
        PutAdjointRow(TLanes.Add(a0, b0), TLanes.Add(a1, b1), ref Unsafe.Add(ref target, 4 * step), step);
        PutAdjointRow(TLanes.Subtract(a0, b0), TLanes.Subtract(a1, b1), ref Unsafe.Add(ref target, 8 * step), step);
        PutAdjointRow(b0, b1, ref Unsafe.Add(ref target, 12 * step), step);
    }

    /// <summary>E ↦ Gᵀ E G, nine elements of a filter; E is overwritten.</summary>
    /// <param name="sums">The first of the sixteen elements.</param>
    /// <param name="step">Elements from one to the next.</param>
    /// <param name="half">1/2 in all lanes.</param>
    /// <param name="filter">The filter's first element.</param>
    /// <param name="next">Elements from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransformSums(ref T sums, nint step, TLanes half, ref T filter, nint next)
    {
        for (int column = 0; column < 4; column++)
        {
            ref T e = ref Unsafe.Add(ref sums, column * step);
            PutFilterLine(
                At(ref e),
                At(ref Unsafe.Add(ref e, 4 * step)),
                At(ref Unsafe.Add(ref e, 8 * step)),
                At(ref Unsafe.Add(ref e, 12 * step)),
                half,
                ref e,
                4 * step);
        }

        for (int row = 0; row < 3; row++)
        {
            ref T e = ref Unsafe.Add(ref sums, 4 * row * step);
            PutFilterLine(
                At(ref e),
                At(ref Unsafe.Add(ref e, step)),
                At(ref Unsafe.Add(ref e, 2 * step)),
                At(ref Unsafe.Add(ref e, 3 * step)),
                half,
                ref Unsafe.Add(ref filter, 3 * row * next),
                next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TLanes At(ref T place) => ref Unsafe.As<T, TLanes>(ref place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutImageRow(TLanes d0, TLanes d1, TLanes d2, TLanes d3, ref T target, nint step)
    {
        At(ref target) = TLanes.Subtract(d0, d2);
        At(ref Unsafe.Add(ref target, step)) = TLanes.Add(d1, d2);
        At(ref Unsafe.Add(ref target, 2 * step)) = TLanes.Subtract(d2, d1);
        At(ref Unsafe.Add(ref target, 3 * step)) = TLanes.Subtract(d1, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutAdjointRow(TLanes y0, TLanes y1, ref T target, nint step)
    {
        At(ref target) = y0;
        At(ref Unsafe.Add(ref target, step)) = TLanes.Add(y0, y1);
        At(ref Unsafe.Add(ref target, 2 * step)) = TLanes.Subtract(y0, y1);
        At(ref Unsafe.Add(ref target, 3 * step)) = y1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutTransformedLine(TLanes g0, TLanes g1, TLanes g2, TLanes half, ref T target, nint step)
    {
        TLanes ends = TLanes.Multiply(half, TLanes.Add(g0, g2)), middle = TLanes.Multiply(half, g1);
        At(ref target) = g0;
        At(ref Unsafe.Add(ref target, step)) = TLanes.Add(ends, middle);
        At(ref Unsafe.Add(ref target, 2 * step)) = TLanes.Subtract(ends, middle);
        At(ref Unsafe.Add(ref target, 3 * step)) = g2;
    }

    // e₃ has the sign that its adjoints were left without.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFilterLine(TLanes e0, TLanes e1, TLanes e2, TLanes e3, TLanes half, ref T target, nint step)
    {
        TLanes sum = TLanes.Multiply(half, TLanes.Add(e1, e2));
        At(ref target) = TLanes.Add(e0, sum);
        At(ref Unsafe.Add(ref target, step)) = TLanes.Multiply(half, TLanes.Subtract(e1, e2));
        At(ref Unsafe.Add(ref target, 2 * step)) = TLanes.Subtract(sum, e3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes First(ref T row, nint step)
        => TLanes.Add(TLanes.Add(At(ref row), At(ref Unsafe.Add(ref row, step))), At(ref Unsafe.Add(ref row, 2 * step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Second(ref T row, nint step)
        => TLanes.Subtract(
            TLanes.Subtract(At(ref Unsafe.Add(ref row, step)), At(ref Unsafe.Add(ref row, 2 * step))), At(ref Unsafe.Add(ref row, 3 * step)));
}
