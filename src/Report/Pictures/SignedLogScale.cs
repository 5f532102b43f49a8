using System.Globalization;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// An axis on which both signs and zero have a place: x ↦ sign(x) (1 + log₁₀(|x|/z)) for |x| above z, and 0 for everything that cannot be told from zero.
/// One unit is a power of ten; zero has two of them to itself.
/// </summary>
/// <param name="zero">z, at least 0; for 0 only 0 itself has a place.</param>
public sealed class SignedLogScale(double zero)
{
    // In units of the distance between two ticks.
    private const double LeastDistance = 0.75;

    /// <summary>Where a number is.</summary>
    public double PlaceOf(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude <= zero || zero == 0 ? 0 : Math.Sign(value) * (1 + Math.Log10(magnitude / zero));
    }

    /// <summary>Ticks at powers of ten, at most about <paramref name="most"/> on each side, and at zero.</summary>
    /// <param name="smallest">The smallest number that is shown.</param>
    /// <param name="largest">The largest number that is shown.</param>
    /// <param name="most">How many on each side.</param>
    public NumericManual Ticks(double smallest, double largest, int most)
    {
        var ticks = new NumericManual();
        ticks.AddMajor(0, "0");
        double extent = Math.Max(Math.Abs(smallest), Math.Abs(largest));
        if (extent <= zero || zero == 0)
            return ticks;
        int lowest = (int)Math.Ceiling(Math.Log10(zero)), highest = (int)Math.Floor(Math.Log10(extent));
        int step = Math.Max(1, (highest - lowest + most) / most);
        for (int exponent = highest; exponent >= lowest; exponent -= step)
        {
            double value = Math.Pow(10, exponent);
            // Beside the tick at zero there is no room for another one.
            if (PlaceOf(value) < LeastDistance * step)
                continue;
            if (value <= largest)
                ticks.AddMajor(PlaceOf(value), string.Create(CultureInfo.InvariantCulture, $"1e{exponent}"));
            if (-value >= smallest)
                ticks.AddMajor(PlaceOf(-value), string.Create(CultureInfo.InvariantCulture, $"−1e{exponent}"));
        }

        return ticks;
    }
}
