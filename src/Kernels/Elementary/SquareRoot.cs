using System.Numerics;

namespace BasinVolume.Kernels.Elementary;

/// <summary>
/// √x within 1 unit in the last place, the same on every device. x = 4ᵏ v with 1 ≤ v &lt; 4, so √x = 2ᵏ √v; Heron's s ← (s + v/s)/2 begins with the line
/// (v + 2)/3, which is 6 % off at most, and each step halves the square of the relative error: 2·10⁻³, 2·10⁻⁶, 2·10⁻¹², 2·10⁻²⁴.
/// </summary>
public static class SquareRoot
{
    /// <summary>√x; ±0 for ±0, +∞ for +∞, NaN below 0 and for NaN.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">Any number.</param>
    public static T Of<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x < T.Zero)
            return T.NaN;
        if (!(x > T.Zero) || x == T.PositiveInfinity)
            return x;
        T two = T.One + T.One, four = two + two, half = T.One / two, quarter = T.One / four;
        T scale = T.One, v = x;
        for (; v >= four; scale *= two)
            v *= quarter;
        for (; v < T.One; scale *= half)
            v *= four;
        T root = (v + two) / (two + T.One);
        for (int step = 0; step < 4; step++)
            root = half * (root + (v / root));
        return scale * root;
    }
}
