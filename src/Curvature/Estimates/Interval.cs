using System.Globalization;

namespace BasinVolume.Curvature.Estimates;

/// <summary>Where a number lies, ends included.</summary>
/// <param name="Low">The lower end; −∞ where nothing is known.</param>
/// <param name="High">The upper end, at least <paramref name="Low"/>; +∞ where nothing is known.</param>
public readonly record struct Interval(double Low, double High)
{
    // As few as tell the ends apart; a double has no more than the most.
    private const int FewestDigits = 6, MostDigits = 17;

    /// <summary>Its middle.</summary>
    public double Middle => Low + ((High - Low) / 2);

    /// <summary>From end to end.</summary>
    public double Width => High - Low;

    /// <summary>An interval around a number.</summary>
    /// <param name="middle">Its middle.</param>
    /// <param name="radius">From there to each end, at least 0.</param>
    public static Interval Around(double middle, double radius) => new(middle - radius, middle + radius);

    /// <summary>Sum of two numbers that lie in intervals.</summary>
    public static Interval operator +(Interval left, Interval right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>An interval moved by a number.</summary>
    public static Interval operator +(Interval interval, double shift) => new(interval.Low + shift, interval.High + shift);

    /// <summary>A number in an interval times a factor of any sign.</summary>
    public static Interval operator *(double factor, Interval interval) => factor >= 0
        ? new(factor * interval.Low, factor * interval.High)
        : new(factor * interval.High, factor * interval.Low);

    /// <summary>Whether a number lies in it.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>What lies in both; the intervals must overlap.</summary>
    public Interval And(Interval other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    /// <summary>Both ends, as words show them.</summary>
    public override string ToString()
    {
        int digits = FewestDigits;
        while (digits < MostDigits && Low < High && Shown(Low, digits) == Shown(High, digits))
            digits++;
        return $"{Shown(Low, digits)} … {Shown(High, digits)}";
    }

    private static string Shown(double end, int digits) => end.ToString($"g{digits}", CultureInfo.InvariantCulture);
}
