using System.Numerics;

namespace BasinVolume.Kernels.Elementary;

/// <summary>
/// exp(a − b) within 3 units in the last place however far a and b lie apart. The difference d is rounded, by δ = (a − b) − d, and exp(a − b) = eᵈ (1 + δ):
/// a rounding of |d| ≫ 1 would be a relative error of |d| ε.
/// δ is exact and takes four differences more (Møller 1965, Knuth).
/// </summary>
public static class ExpOfDifference
{
    /// <summary>exp(a − b); 0 where it underflows, NaN for ∞ − ∞.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TElementary">The elementary functions in that precision.</typeparam>
    /// <param name="a">Any number.</param>
    /// <param name="b">Any number.</param>
    public static T Of<T, TElementary>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T difference = a - b;
        T subtracted = a - difference;
        T rounded = (a - (difference + subtracted)) + (subtracted - b);
        T value = TElementary.Exp(difference);
        // Where the difference is infinite, so is its rounding or NaN; the value is 0 there.
        return value > T.Zero ? value + (value * rounded) : value;
    }
}
