using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes;

/// <summary>The volume of the unit ball in n dimensions, V_n = π^(n/2) / Γ(n/2 + 1), as a natural logarithm.</summary>
public static class UnitBall
{
    /// <summary>
    /// log V_n = (n/2) log π − lnΓ(n/2 + 1). The error is below 1e-13 of the result, or of 1 where the result is small, up to n = 10⁶.
    /// </summary>
    /// <param name="dimension">n ≥ 0; V_0 = 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static double LogVolume(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        double half = dimension / 2.0;
        return (half * Math.Log(Math.PI)) - SpecialFunctions.GammaLn(half + 1);
    }

    /// <summary>
    /// Stirling's approximation ½ log(1/(nπ)) + (n/2) log(2πe/n), which lies 1/(6n) + … above <see cref="LogVolume"/>. Kept to reproduce numbers made with it.
    /// </summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static double LogVolumeStirling(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        double n = dimension;
        return (-0.5 * Math.Log(n * Math.PI)) + (n / 2 * Math.Log(2 * Math.PI * Math.E / n));
    }
}
