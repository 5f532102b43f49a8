using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>A sum as the plain reference computes it, with what its rounding errors are measured by: the sum of the terms' magnitudes.</summary>
internal record struct Expected(double Value, double Magnitude, int Terms)
{
    public static Expected Of(double value) => new(value, Math.Abs(value), 1);

    public void Add(double term)
    {
        Value += term;
        Magnitude += Math.Abs(term);
        Terms++;
    }

    /// <summary>
    /// Every sum of n products rounds at most 2n times, each by half a unit of at most the magnitude; two more for what comes after the sum.
    /// </summary>
    public static void AssertNear<T>(Expected[] expected, T[] actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        double unit = Numbers.Double(T.BitIncrement(T.One) - T.One);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(Numbers.Double(actual[i]) - expected[i].Value);
            double allowed = (expected[i].Terms + 2) * unit * expected[i].Magnitude;
            Assert.True(error <= allowed, $"[{i}] is {actual[i]}, expected {expected[i].Value}, off by {error}, allowed {allowed}");
        }
    }
}
