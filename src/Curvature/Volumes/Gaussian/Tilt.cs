namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// A point s at which moments of Q are taken, and the factors D = 1 − 2 s c that appear there.
/// Next to a pole s = 1/(2p), where D of the curvature c = p vanishes, s itself cannot tell how far away the pole is; so the distance ε = 1 − 2 s p is kept:
///     D = (1 − c/p) + (c/p) ε   for c near p, where 1 − 2 s c loses digits; for all others, tiny poles included, it is 1 − 2 s c that keeps them.
/// </summary>
internal readonly struct Tilt
{
    private readonly double _pole;
    private readonly double _distance;

    private Tilt(double s, double pole, double distance)
    {
        S = s;
        _pole = pole;
        _distance = distance;
    }

    /// <summary>s, in inverse units of the loss.</summary>
    public double S { get; }

    /// <summary>A point given by s.</summary>
    public static Tilt At(double s) => new(s, 0, 0);

    /// <summary>The point with ε = 1/(1 + x), x ≥ 0: 0 is the untilted one, ∞ the pole.</summary>
    /// <param name="pole">p, not 0.</param>
    /// <param name="x">The odds of 2 s p.</param>
    public static Tilt Towards(double pole, double x) => new(x / (1 + x) / (2 * pole), pole, 1 / (1 + x));

    /// <summary>D for one curvature.</summary>
    public double Denominator(double curvature)
    {
        double ratio = _pole == 0 ? 0 : curvature / _pole;
        return ratio > 0.5 ? 1 - ratio + (ratio * _distance) : 1 - (2 * S * curvature);
    }
}
