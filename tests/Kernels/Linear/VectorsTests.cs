using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class VectorsTests
{
    // Factors whose products are no doubles: vectors and remainders must round alike, at every place of every length, and nothing behind the target may change.
    [Fact]
    public void Every_element_is_rounded_as_it_says()
    {
        double a = 1 + Math.ScaleB(1, -30), b = 1 - Math.ScaleB(1, -31);
        for (int length = 0; length <= 20; length++)
        {
            AssertEach(length, (t, x, y) => t + x, (t, x, y) => Vectors.Add(t, x));
            AssertEach(length, (t, x, y) => t + x + y, (t, x, y) => Vectors.AddTwo(t, x, y));
            AssertEach(length, (t, x, y) => t + (a * x), (t, x, y) => Vectors.AddScaled(t, a, x));
            AssertEach(length, (t, x, y) => Simd.MultiplyAdd(a, x, t), (t, x, y) => Vectors.AddScaledFused(t, a, x));
            AssertEach(length, (t, x, y) => Simd.MultiplyAdd(b, y, Simd.MultiplyAdd(a, x, t)), (t, x, y) => Vectors.AddTwoScaledFused(t, a, x, b, y));
            AssertEach(length, (t, x, y) => -x, (t, x, y) => Vectors.Negate(t, x));
            AssertEach(length, (t, x, y) => a * t, (t, x, y) => Vectors.Scale(t, a));
        }
    }

    [Fact]
    public void A_rotation_turns_both_vectors()
    {
        for (int length = 0; length <= 20; length++)
        {
            double[] x = Drawn(length, 1), y = Drawn(length, 2), turned = [.. x], other = [.. y];
            Vectors.Rotate(turned, other, 0.6, 0.8);
            Assert.Equal(x.Zip(y, (p, q) => (0.6 * p) + (0.8 * q)), turned);
            Assert.Equal(x.Zip(y, (p, q) => (0.6 * q) - (0.8 * p)), other);
        }
    }

    private delegate void Update(Span<double> target, ReadOnlySpan<double> x, ReadOnlySpan<double> y);

    private static void AssertEach(int length, Func<double, double, double, double> expected, Update update)
    {
        double[] target = Drawn(length + 1, 1), x = Drawn(length, 2), y = Drawn(length, 3), before = [.. target];
        update(target.AsSpan(0, length), x, y);
        Assert.Equal([.. Enumerable.Range(0, length).Select(i => expected(before[i], x[i], y[i])), before[length]], target);
    }

    private static double[] Drawn(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
    }
}
