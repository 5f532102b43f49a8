using System.Globalization;

namespace BasinVolume.Mnist.Options;

/// <summary>
/// How numbers are written, in options and in settings files alike: digits, a point where there are fractions, an exponent if need be, as in 1500, 0.25 and
/// 1e-5. Nothing else is taken for one: a comma could stand for the point or part thousands, and blanks, underscores, other scripts' digits, hexadecimals and
/// NaN are slips.
/// </summary>
internal static class Number
{
    private const string Others = "+-.eE";

    /// <summary>How a number is written in help and in sentences.</summary>
    public static string Spelled(double value)
        => value.ToString(Math.Abs(value) is not (0 or (>= 1e-3 and < 1e6)) && double.IsFinite(value) ? "0.######e0" : "g", CultureInfo.InvariantCulture);

    /// <summary>Reads a number; a whole one has neither point nor exponent.</summary>
    public static bool TryRead<TNumber>(ReadOnlySpan<char> word, out TNumber value)
        where TNumber : struct, System.Numerics.INumber<TNumber>
    {
        NumberStyles styles = typeof(TNumber) == typeof(double)
            ? NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
            : NumberStyles.AllowLeadingSign;
        foreach (char c in word)
        {
            if (!char.IsAsciiDigit(c) && !Others.Contains(c, StringComparison.Ordinal))
            {
                value = default;
                return false;
            }
        }

        return TNumber.TryParse(word, styles, CultureInfo.InvariantCulture, out value);
    }
}
