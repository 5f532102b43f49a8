using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>Test data that is the same in every run.</summary>
internal static class Numbers
{
    /// <summary>Values in [−1, 1), exact in <typeparamref name="T"/>.</summary>
    public static T[] Random<T>(int seed, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating((random.NextDouble() * 2) - 1))];
    }

    public static int[] RandomIntegers(int seed, int length, int from, int end)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(from, end))];
    }

    public static double Double<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => double.CreateTruncating(value);
}
