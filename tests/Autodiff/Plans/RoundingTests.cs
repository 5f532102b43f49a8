using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Tests.Plans;

/// <summary>Arrays on their way to a device and back, with lengths around those of vectors and of the stretches that threads take.</summary>
public sealed class RoundingTests
{
    private static readonly int[] Lengths = [0, 1, 3, 4, 7, 8, 9, 31, (1 << 14) - 1, 1 << 14, (1 << 14) + 1, (1 << 15) + 5, 100_003];

    [Fact]
    public void Numbers_in_double_become_the_nearest_ones_of_a_device()
    {
        Check<float>();
        Check<double>();
    }

    [Fact]
    public void What_a_device_computed_is_set_and_added_in_double()
    {
        CheckSums<float>();
        CheckSums<double>();
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            double[] values = Values(length, length);
            T[] expected = Array.ConvertAll(values, T.CreateTruncating), one = Blank<T>(length);
            Rounding.Copy<T>(values, one);
            Assert.Equal(expected, one[..length]);
            Assert.All(one[length..], element => Assert.True(T.IsNaN(element)));
            foreach (int count in (int[])[1, 2, 3])
            {
                using var threads = new HostThreads(count);
                T[] many = Blank<T>(length);
                Rounding.Copy(threads, values, many.AsMemory(0, length));
                Assert.Equal(one, many);
            }
        }
    }

    private static void CheckSums<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            T[] part = Array.ConvertAll(Values(length, 1), T.CreateTruncating);
            double[] before = [.. Values(length, 2), double.NaN];
            double[] set = [.. part.Select(double.CreateTruncating), double.NaN], sum = [.. set.Zip(before, (a, b) => a + b)];
            foreach (int count in (int[])[1, 2, 3])
            {
                using var threads = new HostThreads(count);
                double[] actual = [.. before];
                Accumulation.Add<T>(threads, part, actual);
                Assert.Equal(sum, actual);
                Accumulation.Put<T>(threads, part, actual, accumulate: false);
                Assert.Equal(set, actual);
            }
        }
    }

    // Of all sizes, those that float does not have among them.
    private static double[] Values(int length, int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, length).Select(i => (random.NextDouble() - 0.5) * Math.Pow(10, (i % 101) - 50))];
        for (int i = 96; i < length; i += 97)
            values[i] = double.NegativeInfinity;
        return values;
    }

    private static T[] Blank<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Enumerable.Repeat(T.NaN, length + 9)];
}
