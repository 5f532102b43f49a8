using System.Globalization;

namespace BasinVolume.Curvature.Volumes;

/// <summary>Where the logarithm of a sampled value lies with a confidence of 95 %, in nats.</summary>
/// <param name="Low">The lower end; null where there is none, as of the logarithm of a share that may be 0.</param>
/// <param name="High">The upper end.</param>
public readonly record struct LogInterval(double? Low, double High)
{
    /// <summary>Both ends, as words show them.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(Low is { } low ? low.ToString("f3", CultureInfo.InvariantCulture) : "−∞")} … {High:f3}");
}
