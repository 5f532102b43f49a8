using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class StandardiseInSingle : StandardiseTests<float>;

public sealed class StandardiseInDouble : StandardiseTests<double>;

/// <summary>Rows of mean 0 and variance 1, and the two derivatives of that.</summary>
public abstract class StandardiseTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int R = 4;
    private const int D = 13;
    private const int V = 3;
    private const double Epsilon = 0.03125;

    private static double Unit => Numbers.Double(T.BitIncrement(T.One) - T.One);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Rows_agree_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, R * D);
        (T[] y, T[] scales) = Standardise(lab, x, D);
        for (int r = 0; r < R; r++)
        {
            (double[] expected, double scale) = Reference(Row(x, r));
            Assert.Equal(scale, Numbers.Double(scales[r]), D * Unit * scale);
            AssertNear(expected, y[(r * D)..((r + 1) * D)]);
        }
    }

    // By hand: the row (1, 2, 4) and ε = 1/32 have μ = 7/3, σ² = 14/9 and s = 1/√(14/9 + 1/32).
    [Theory]
    [MemberData(nameof(Devices))]
    public void A_row_by_hand(string device)
    {
        using var lab = new Lab<T>(device);
        (T[] y, T[] scales) = Standardise(lab, [T.One, T.CreateTruncating(2), T.CreateTruncating(4)], 3);
        const double Scale = 0.793849441986747;
        Assert.Equal(Scale, Numbers.Double(scales[0]), 4 * Unit);
        AssertNear([-4 / 3.0 * Scale, -1 / 3.0 * Scale, 5 / 3.0 * Scale], y);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Derivatives_agree_with_the_reference(string device)
    {
        for (int variant = 0; variant < 2; variant++)
        {
            using var lab = new Lab<T>(device);
            bool accumulate = variant == 1;
            T[] x = Numbers.Random<T>(1, R * D), tangents = Numbers.Random<T>(2, V * R * D), before = Numbers.Random<T>(3, V * R * D);
            View<T> y = lab.Blank(x.Length), scales = lab.Blank(R), result = accumulate ? lab.Put(before) : lab.Blank(before.Length);
            lab.Kernels.Standardise(R, D, T.CreateTruncating(Epsilon), lab.Put(x), y, scales);
            lab.Kernels.StandardiseDerivative(V, R, D, y, scales, lab.Put(tangents), result, accumulate);
            lab.Kernels.StandardiseDerivative(0, R, D, y, scales, default, default, accumulate);
            T[] actual = lab.Read(result);
            for (int row = 0; row < V * R; row++)
            {
                double[] expected = Derivative(Row(x, row % R), Row(tangents, row));
                AssertNear(accumulate ? [.. expected.Zip(Row(before, row), (a, b) => a + b)] : expected, actual[(row * D)..((row + 1) * D)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Second_derivatives_agree_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, R * D), tangents = Numbers.Random<T>(2, V * R * D), adjoint = Numbers.Random<T>(3, R * D);
        T[] before = Numbers.Random<T>(4, V * R * D);
        View<T> y = lab.Blank(x.Length), scales = lab.Blank(R), result = lab.Put(before);
        lab.Kernels.Standardise(R, D, T.CreateTruncating(Epsilon), lab.Put(x), y, scales);
        lab.Kernels.AddStandardiseSecondDerivative(V, R, D, y, scales, lab.Put(adjoint), lab.Put(tangents), result);
        lab.Kernels.AddStandardiseSecondDerivative(0, R, D, y, scales, lab.Put(adjoint), default, default);
        T[] actual = lab.Read(result);
        for (int row = 0; row < V * R; row++)
        {
            double[] point = Row(x, row % R), direction = Row(tangents, row), g = Row(adjoint, row % R);
            const double Step = 1e-5;
            double[] plus = Derivative(Moved(point, Step, direction), g), minus = Derivative(Moved(point, -Step, direction), g);
            double[] expected = [.. Enumerable.Range(0, D).Select(i => Numbers.Double(before[(row * D) + i]) + ((plus[i] - minus[i]) / (2 * Step)))];
            AssertNear(expected, actual[(row * D)..((row + 1) * D)], 1e-8);
        }
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * D), D, first, count)), y = lab.Blank(count * D), scales = lab.Blank(count);
        View<T> result = lab.Blank(count * D);
        lab.Kernels.Standardise(count, D, T.CreateTruncating(Epsilon), x, y, scales);
        lab.Kernels.StandardiseDerivative(1, count, D, y, scales, x, result, accumulate: false);
        lab.Kernels.AddStandardiseSecondDerivative(1, count, D, y, scales, x, x, result);
        return lab.Read(result);
    }

    private static (T[] Y, T[] Scales) Standardise(Lab<T> lab, T[] x, int width)
    {
        View<T> y = lab.Blank(x.Length), scales = lab.Blank(x.Length / width);
        lab.Kernels.Standardise(x.Length / width, width, T.CreateTruncating(Epsilon), lab.Put(x), y, scales);
        lab.Kernels.Standardise(0, width, T.One, default, default, default);
        return (lab.Read(y), lab.Read(scales));
    }

    private static (double[] Y, double Scale) Reference(double[] x)
    {
        double mean = x.Average(), scale = 1 / Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + Epsilon);
        return ([.. x.Select(value => scale * (value - mean))], scale);
    }

    // ẏ = s (ẋ − μ̇) + ṡ (x − μ) with ṡ = −s³ ⟨(x − μ) ẋ⟩; the same for an adjoint, as the Jacobian is symmetric.
    private static double[] Derivative(double[] x, double[] direction)
    {
        (double[] y, double scale) = Reference(x);
        double mean = direction.Average(), slope = y.Zip(direction, (a, b) => a * b / scale).Average();
        return [.. y.Zip(direction, (value, tangent) => (scale * (tangent - mean)) - (scale * scale * slope * value))];
    }

    private static double[] Moved(double[] x, double step, double[] direction) => [.. x.Zip(direction, (value, tangent) => value + (step * tangent))];

    private static double[] Row(T[] values, int row) => [.. values.Skip(row * D).Take(D).Select(Numbers.Double)];

    // Relative to the largest element: sums over the row go into each.
    private static void AssertNear(double[] expected, T[] actual, double least = 0)
    {
        double allowed = Math.Max(4 * D * Unit, least) * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], Numbers.Double(actual[i]), allowed);
    }
}
