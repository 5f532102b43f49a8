namespace BasinVolume.Kernels.Elementary;

/// <summary>Exp and Log in float; see <see cref="DoubleElementary"/> for the derivation, which differs only in the number of terms.</summary>
public readonly struct SingleElementary : IElementary<float>
{
    // ln 2 in two parts: 15 bits, so that n · High is exact for every n that occurs, and the rest.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.428606820309417e-06f;
    private const float Log2E = 1.4426950408889634f;

    // Above the one the exponential is infinite, below the other it rounds to 0.
    private const float Overflow = 88.72284f;
    private const float Underflow = -103.97208f;

    private const int FractionMask = 0x007FFFFF;
    private const int BitsOfOne = 0x3F800000;
    private const int BitsOfRootHalf = 0x3F3504F3;

    /// <inheritdoc/>
    public static float Exp(float x)
    {
        if (!(x <= Overflow))
            return x + float.PositiveInfinity; // NaN stays NaN
        if (x < Underflow)
            return 0f;

        int n = (int)((x * Log2E) + (x < 0f ? -0.5f : 0.5f));
        float r = x - (n * Ln2High) - (n * Ln2Low);
        float tail = 1f / 5040f;
        tail = (tail * r) + (1f / 720f);
        tail = (tail * r) + (1f / 120f);
        tail = (tail * r) + (1f / 24f);
        tail = (tail * r) + (1f / 6f);
        tail = (tail * r) + 0.5f;
        float result = 1f + (r + (r * r * tail));

        int half = n / 2;
        return result * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <inheritdoc/>
    public static float Log(float x)
    {
        if (!(x > 0f))
            return x == 0f ? float.NegativeInfinity : float.NaN;
        if (x == float.PositiveInfinity)
            return x;

        int exponent = 0;
        if (x < 1.17549435e-38f)
        {
            x *= 16777216f; // 2²⁴ makes a subnormal normal
            exponent = -24;
        }

        // Adding the distance from the bits of √½ to those of 1 carries into the exponent exactly when the fraction is at least √2.
        int bits = BitConverter.SingleToInt32Bits(x) + (BitsOfOne - BitsOfRootHalf);
        exponent += (bits >> 23) - 127;
        float f = BitConverter.Int32BitsToSingle((bits & FractionMask) + BitsOfRootHalf) - 1f;

        float s = f / (2f + f);
        float z = s * s;
        float series = 2f / 11f;
        series = (series * z) + (2f / 9f);
        series = (series * z) + (2f / 7f);
        series = (series * z) + (2f / 5f);
        series = (series * z) + (2f / 3f);
        float half = 0.5f * f * f;
        return (exponent * Ln2High) + (f - (half - ((s * (half + (series * z))) + (exponent * Ln2Low))));
    }

    private static float PowerOfTwo(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);
}
