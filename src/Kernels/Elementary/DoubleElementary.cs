namespace BasinVolume.Kernels.Elementary;

/// <summary>
/// Exp, Log and Log1P in double.
/// Exp: x = n ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2ⁿ eʳ with the power series of eʳ. ln 2 is taken in two parts, so that r loses nothing when n ln 2 is
/// subtracted, and 2ⁿ in two factors, so that results at the ends of the range are rounded once.
/// Log: x = 2ⁿ m with √½ ≤ m &lt; √2, f = m − 1, s = f / (2 + f); then ln m = 2 artanh s = 2s (1 + z/3 + z²/5 + …) with z = s².
/// Written as f − (f²/2 − s (f²/2 + R)), R the terms from z on, it begins with the exact f and adds only what is small against it.
/// Log1P: with u = 1 + x as it is rounded, ln(1 + x) = x · ln u / (u − 1) up to the rounding, because ln u / (u − 1) hardly changes from 1 + x to u and u − 1
/// is exact (Kahan).
/// </summary>
public readonly struct DoubleElementary : IElementary<double>
{
    // ln 2 in two parts: 42 bits, so that n · High is exact for every n that occurs, and the rest.
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;
    private const double Log2E = 1.4426950408889634;

    // Above the one the exponential is infinite, below the other it rounds to 0.
    private const double Overflow = 709.782712893384;
    private const double Underflow = -745.1332191019412;

    private const long FractionMask = 0x000FFFFFFFFFFFFF;
    private const long BitsOfOne = 0x3FF0000000000000;
    private const long BitsOfRootHalf = 0x3FE6A09E667F3BCD;

    // Beyond it erfc rounds to 0 (and to 2 on the other side).
    private const double ErfcUnderflow = 27.3;

    /// <inheritdoc/>
    public static double Constant(double value) => value;

    /// <inheritdoc/>
    public static double Exp(double x)
    {
        if (!(x <= Overflow))
            return x + double.PositiveInfinity; // NaN stays NaN
        if (x < Underflow)
            return 0.0;

        int n = (int)((x * Log2E) + (x < 0.0 ? -0.5 : 0.5));
        double r = x - (n * Ln2High) - (n * Ln2Low);
        double tail = 1.0 / 6227020800.0;
        tail = (tail * r) + (1.0 / 479001600.0);
        tail = (tail * r) + (1.0 / 39916800.0);
        tail = (tail * r) + (1.0 / 3628800.0);
        tail = (tail * r) + (1.0 / 362880.0);
        tail = (tail * r) + (1.0 / 40320.0);
        tail = (tail * r) + (1.0 / 5040.0);
        tail = (tail * r) + (1.0 / 720.0);
        tail = (tail * r) + (1.0 / 120.0);
        tail = (tail * r) + (1.0 / 24.0);
        tail = (tail * r) + (1.0 / 6.0);
        tail = (tail * r) + 0.5;
        double result = 1.0 + (r + (r * r * tail));

        int half = n / 2;
        return result * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <inheritdoc/>
    public static double Log(double x)
    {
        if (!(x > 0.0))
            return x == 0.0 ? double.NegativeInfinity : double.NaN;
        if (x == double.PositiveInfinity)
            return x;

        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2⁵⁴ makes a subnormal normal
            exponent = -54;
        }

        // Adding the distance from the bits of √½ to those of 1 carries into the exponent exactly when the fraction is at least √2.
        long bits = BitConverter.DoubleToInt64Bits(x) + (BitsOfOne - BitsOfRootHalf);
        exponent += (int)(bits >> 52) - 1023;
        double f = BitConverter.Int64BitsToDouble((bits & FractionMask) + BitsOfRootHalf) - 1.0;

        double s = f / (2.0 + f);
        double z = s * s;
        double series = 2.0 / 23.0;
        series = (series * z) + (2.0 / 21.0);
        series = (series * z) + (2.0 / 19.0);
        series = (series * z) + (2.0 / 17.0);
        series = (series * z) + (2.0 / 15.0);
        series = (series * z) + (2.0 / 13.0);
        series = (series * z) + (2.0 / 11.0);
        series = (series * z) + (2.0 / 9.0);
        series = (series * z) + (2.0 / 7.0);
        series = (series * z) + (2.0 / 5.0);
        series = (series * z) + (2.0 / 3.0);
        double half = 0.5 * f * f;
        return (exponent * Ln2High) + (f - (half - ((s * (half + (series * z))) + (exponent * Ln2Low))));
    }

    /// <inheritdoc/>
    public static double Log1P(double x)
    {
        double sum = 1.0 + x;
        if (sum == 1.0 || sum == double.PositiveInfinity)
            return x;
        return Log(sum) * (x / (sum - 1.0));
    }

    /// <inheritdoc/>
    public static double Erfc(double x)
    {
        double z = x < 0.0 ? -x : x;
        if (z > ErfcUnderflow)
            return x < 0.0 ? 2.0 : 0.0;

        // z² in an exact part and a small rest: the rounding of z², times z², would be the error of the exponential.
        double head = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(z) & ~0x7FFFFFFL);
        double gauss = Exp(-(head * head)) * Exp((head - z) * (head + z));
        double tail = gauss * ErfcScaled((z - 2.0) / (z + 2.0)) / (1.0 + (2.0 * z));
        return x < 0.0 ? 2.0 - tail : tail;
    }

    // (1 + 2z) exp(z²) erfc(z) with t = (z - 2) / (z + 2): its Chebyshev series in t (computed with 40 digits), cut where a term is below the rounding and
    // written in powers of t.
    private static double ErfcScaled(double t)
    {
        double value = -9.549984773951676e-11;
        value = (value * t) + 2.5778363471333786e-09;
        value = (value * t) + 5.3970480129819536e-09;
        value = (value * t) - 1.716763517532356e-08;
        value = (value * t) - 4.710147596452282e-08;
        value = (value * t) + 2.611641493918638e-08;
        value = (value * t) + 1.833113328757565e-07;
        value = (value * t) + 1.4420043308440299e-07;
        value = (value * t) - 2.808540807676465e-07;
        value = (value * t) - 8.43733289365386e-07;
        value = (value * t) - 6.851268065406164e-07;
        value = (value * t) + 1.511459048511491e-06;
        value = (value * t) + 5.219508972501868e-06;
        value = (value * t) + 3.7064807687448275e-06;
        value = (value * t) - 1.3491388490435908e-05;
        value = (value * t) - 3.6421694460788126e-05;
        value = (value * t) - 1.5102632891595436e-06;
        value = (value * t) + 0.0001510387408396369;
        value = (value * t) + 0.00020636729650749556;
        value = (value * t) - 0.0004543407559845377;
        value = (value * t) - 0.001456813958190845;
        value = (value * t) + 0.0012713389580731953;
        value = (value * t) + 0.008722653876558448;
        value = (value * t) - 0.008034015081972714;
        value = (value * t) - 0.054220000992069285;
        value = (value * t) + 0.16405128003343034;
        value = (value * t) - 0.16603039761528893;
        value = (value * t) - 0.09276382658574592;
        value = (value * t) + 1.2769783815525286;
        return value;
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((n + 1023L) << 52);
}
