using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class SoftmaxRowsInSingle : SoftmaxRowsTests<float>;

public sealed class SoftmaxRowsInDouble : SoftmaxRowsTests<double>;

/// <summary>The softmax of rows as a layer, and the derivative of its Jacobian.</summary>
public abstract class SoftmaxRowsTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int R = 4;
    private const int C = 11;
    private const int V = 3;

    private static double Unit => Numbers.Double(T.BitIncrement(T.One) - T.One);

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_softmax_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] x = [.. Numbers.Random<T>(1, R * C).Select((value, i) => value * T.CreateTruncating(i < C ? 1 : 20))];
        T[] actual = Softmax(lab, C, x);
        for (int r = 0; r < R; r++)
        {
            double[] exponentials = [.. x.Skip(r * C).Take(C).Select(value => Math.Exp(Numbers.Double(value)))];
            for (int c = 0; c < C; c++)
                Assert.Equal(exponentials[c] / exponentials.Sum(), Numbers.Double(actual[(r * C) + c]), 16 * Unit * exponentials[c] / exponentials.Sum());
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void What_is_masked_is_exactly_zero_and_touches_nothing_else(string device)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, 3);
        T[] masked = Softmax(lab, 5, [x[0], T.NegativeInfinity, x[1], x[2], T.NegativeInfinity]);
        T[] alone = Softmax(lab, 3, x);
        Assert.Equal([alone[0], T.Zero, alone[1], alone[2], T.Zero], masked);
        Assert.Equal([T.One, T.Zero], Softmax(lab, 2, [x[0], T.NegativeInfinity]));
        Assert.All(Softmax(lab, 2, [T.NegativeInfinity, T.NegativeInfinity]), value => Assert.True(T.IsNaN(value)));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_second_derivative_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        // Unsure rows, and rows with a class that has more than half.
        T[] p = Softmax(lab, C, [.. Numbers.Random<T>(1, R * C).Select((value, i) => value * T.CreateTruncating(i / C % 2 == 0 ? 1 : 9))]);
        T[] adjoint = Numbers.Random<T>(2, R * C), x = Numbers.Random<T>(3, V * R * C), before = Numbers.Random<T>(4, V * R * C);
        View<T> y = lab.Put(before);
        lab.Kernels.AddSoftmaxSecondDerivative(V, R, C, lab.Put(p), lab.Put(adjoint), lab.Put(x), y);
        lab.Kernels.AddSoftmaxSecondDerivative(0, R, C, lab.Put(p), lab.Put(adjoint), default, default);

        // By the definition: ṗ_c = p_c (x_c − ⟨p, x⟩), then ṗ_c (ȳ_c − ⟨p, ȳ⟩) − p_c ⟨ṗ, ȳ⟩.
        var expected = new Expected[before.Length];
        for (int row = 0; row < V * R; row++)
        {
            double[] probabilities = Row(p, row % R), g = Row(adjoint, row % R), direction = Row(x, row);
            double xMean = Dot(probabilities, direction), gMean = Dot(probabilities, g);
            double[] tangent = [.. probabilities.Zip(direction, (q, value) => q * (value - xMean))];
            for (int c = 0; c < C; c++)
            {
                expected[(row * C) + c] = Expected.Of(Numbers.Double(before[(row * C) + c]));
                expected[(row * C) + c].Add(tangent[c] * (g[c] - gMean));
                expected[(row * C) + c].Add(-probabilities[c] * Dot(tangent, g));
            }
        }

        Expected.AssertNear(expected, lab.Read(y));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_row_with_one_class_has_no_second_derivative(string device)
    {
        using var lab = new Lab<T>(device);
        T[] before = Numbers.Random<T>(4, C), p = [T.One, .. new T[C - 1]];
        View<T> y = lab.Put(before);
        lab.Kernels.AddSoftmaxSecondDerivative(1, 1, C, lab.Put(p), lab.Put(Numbers.Random<T>(2, C)), lab.Put(Numbers.Random<T>(3, C)), y);
        Assert.Equal(before, lab.Read(y));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        T[] rows = Entries(Numbers.Random<T>(1, BatchEntries * C), C, first, count);
        View<T> x = lab.Put(rows), y = lab.Put(rows);
        lab.Kernels.AddSoftmaxSecondDerivative(1, count, C, lab.Put(Softmax(lab, C, rows)), x, x, y);
        return lab.Read(y);
    }

    private static T[] Softmax(Lab<T> lab, int classes, T[] x)
    {
        View<T> y = lab.Blank(x.Length);
        lab.Kernels.Softmax(x.Length / classes, classes, lab.Put(x), y);
        lab.Kernels.Softmax(0, classes, default, default);
        return lab.Read(y);
    }

    private static double[] Row(T[] values, int row) => [.. values.Skip(row * C).Take(C).Select(Numbers.Double)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
