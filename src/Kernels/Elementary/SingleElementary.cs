namespace BasinVolume.Kernels.Elementary;

/// <summary>Exp, Log and Log1P in float; see <see cref="DoubleElementary"/> for the derivation, which differs only in the number of terms.</summary>
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

    // Beyond it erfc rounds to 0 (and to 2 on the other side).
    private const float ErfcUnderflow = 10.2f;

    /// <inheritdoc/>
    public static float Constant(double value) => (float)value;

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

    /// <inheritdoc/>
    public static float Log1P(float x)
    {
        float sum = 1f + x;
        if (sum == 1f || sum == float.PositiveInfinity)
            return x;
        return Log(sum) * (x / (sum - 1f));
    }

    /// <inheritdoc/>
    public static float Erfc(float x)
    {
        float z = x < 0f ? -x : x;
        if (z > ErfcUnderflow)
            return x < 0f ? 2f : 0f;

        // z² in an exact part and a small rest: the rounding of z², times z², would be the error of the exponential.
        float head = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(z) & ~0xFFF);
        float gauss = Exp(-(head * head)) * Exp((head - z) * (head + z));
        float tail = gauss * ErfcScaled((z - 2f) / (z + 2f)) / (1f + (2f * z));
        return x < 0f ? 2f - tail : tail;
    }

    // (1 + 2z) exp(z²) erfc(z) with t = (z - 2) / (z + 2): its Chebyshev series in t (computed with 40 digits), cut where a term is below the rounding and
    // written in powers of t.
    private static float ErfcScaled(float t)
    {
        float value = 1.5950591e-06f;
        value = (value * t) + 4.30836668e-06f;
        value = (value * t) - 6.96847013e-06f;
        value = (value * t) - 3.49791319e-05f;
        value = (value * t) - 7.82928739e-06f;
        value = (value * t) + 0.000148777981f;
        value = (value * t) + 0.000209967851f;
        value = (value * t) - 0.000452900411f;
        value = (value * t) - 0.00145802851f;
        value = (value * t) + 0.00127086436f;
        value = (value * t) + 0.00872288533f;
        value = (value * t) - 0.00803393528f;
        value = (value * t) - 0.0542200232f;
        value = (value * t) + 0.164051274f;
        value = (value * t) - 0.166030397f;
        value = (value * t) - 0.0927638265f;
        value = (value * t) + 1.27697838f;
        return value;
    }

    private static float PowerOfTwo(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);
}
