using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests.Pointwise;

public sealed class LeakyReluTests : PointwiseFunctionTests<LeakyRelu>
{
    protected override double Reference(double x) => x > 0 ? x : 0.01 * x;
}

public sealed class SigmoidTests : PointwiseFunctionTests<Sigmoid>
{
    protected override double Reference(double x) => 1 / (1 + Math.Exp(-x));
}

public sealed class TanhTests : PointwiseFunctionTests<Tanh>
{
    protected override double Reference(double x) => Math.Tanh(x);
}

public sealed class SoftplusTests : PointwiseFunctionTests<Softplus>
{
    protected override double Reference(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}

public sealed class SiluTests : PointwiseFunctionTests<Silu>
{
    protected override double Reference(double x) => x / (1 + Math.Exp(-x));
}

public sealed class GeluTests : PointwiseFunctionTests<Gelu>
{
    // Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/15 + x⁷/105 + …), all terms of one sign.
    protected override double Reference(double x)
    {
        if (Math.Abs(x) > 30)
            return Math.Max(x, 0);
        double term = x;
        double sum = 0;
        for (int n = 3; sum + term != sum; n += 2)
        {
            sum += term;
            term *= x * x / n;
        }

        return x * (0.5 + (sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)));
    }
}

public sealed class GeluTanhTests : PointwiseFunctionTests<GeluTanh>
{
    protected override double Reference(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));
}

public sealed class EluTests : PointwiseFunctionTests<Elu>
{
    protected override double Reference(double x) => x > 0 ? x : Math.Exp(x) - 1;
}

/// <summary>
/// A function against the formula written with the framework's library, its derivatives against its own differences, and every device against the source that
/// all share.
/// </summary>
public abstract class PointwiseFunctionTests<TFunction>
    where TFunction : struct, IPointwise
{
    public static TheoryData<string> Devices => TestDevices.Names;

    // None at 0, where the leaky relu has no derivative.
    private static double[] Arguments => [.. Enumerable.Range(0, 400).Select(i => (i - 199.5) / 20), 1e-9, -1e-9, 25.5, -25.5, 31.5, -31.5];

    [Fact]
    public void Values_are_those_of_the_formula()
    {
        // Relative to 1 + |x|: the formulas themselves cancel near 0 and far out.
        foreach (double x in Arguments)
        {
            Assert.Equal(Reference(x), TFunction.Value<double, DoubleElementary>(x), 1e-15 * (1 + Math.Abs(x)));
            Assert.Equal(Reference((float)x), TFunction.Value<float, SingleElementary>((float)x), 5e-7 * (1 + Math.Abs(x)));
        }
    }

    [Fact]
    public void Derivatives_are_central_differences()
    {
        const double Step = 1e-5; // its square times the third derivative is left out: below 1e-9
        foreach (double x in Arguments.Where(x => Math.Abs(x) > Step))
        {
            double first = (TFunction.Value<double, DoubleElementary>(x + Step) - TFunction.Value<double, DoubleElementary>(x - Step)) / (2 * Step);
            double second = (TFunction.Derivative<double, DoubleElementary>(x + Step) - TFunction.Derivative<double, DoubleElementary>(x - Step)) / (2 * Step);
            Assert.Equal(first, TFunction.Derivative<double, DoubleElementary>(x), 1e-9);
            Assert.Equal(second, TFunction.SecondDerivative<double, DoubleElementary>(x), 1e-9);
            Assert.Equal(first, TFunction.Derivative<float, SingleElementary>((float)x), 1e-5);
            Assert.Equal(second, TFunction.SecondDerivative<float, SingleElementary>((float)x), 1e-5);
        }
    }

    [Fact]
    public void Nothing_overflows_far_from_zero()
    {
        foreach (double x in (double[])[1e3, 1e10, 1e38, 1e154, 1e300])
        {
            foreach (double signed in (double[])[x, -x])
            {
                Assert.True(double.IsFinite(TFunction.Value<double, DoubleElementary>(signed)));
                Assert.Equal(Slope(signed), TFunction.Derivative<double, DoubleElementary>(signed), 1e-12);
                Assert.Equal(0.0, TFunction.SecondDerivative<double, DoubleElementary>(signed));
            }
        }

        // What the difference over a step of a tenth says.
        double Slope(double x) => (TFunction.Value<double, DoubleElementary>(x) - TFunction.Value<double, DoubleElementary>(0.9 * x)) / (0.1 * x);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Every_device_computes_the_same_in_single(string device) => SameEverywhere<float, SingleElementary>(device, 2e-6);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Every_device_computes_the_same_in_double(string device) => SameEverywhere<double, DoubleElementary>(device, 4e-15);

    protected abstract double Reference(double x);

    // CUDA fuses products with sums; every other device has the bits of the shared source.
    private static void SameEverywhere<T, TElementary>(string device, double fused)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        using var lab = new Lab<T>(device);
        T[] x = [.. Arguments.Select(T.CreateTruncating), T.Zero, T.NaN];
        View<T> from = lab.Put(x), value = lab.Blank(x.Length), first = lab.Blank(x.Length), second = lab.Blank(x.Length);
        lab.Kernels.Apply<TFunction>(x.Length, from, value, first);
        lab.Kernels.ApplySecondDerivative<TFunction>(x.Length, from, second);
        AssertSame(x, TFunction.Value<T, TElementary>, lab.Read(value));
        AssertSame(x, TFunction.Derivative<T, TElementary>, lab.Read(first));
        AssertSame(x, TFunction.SecondDerivative<T, TElementary>, lab.Read(second));

        void AssertSame(T[] arguments, Func<T, T> function, T[] actual)
        {
            double tolerance = device == "cuda" ? fused : 0;
            for (int i = 0; i < actual.Length; i++)
                Assert.Equal(Numbers.Double(function(arguments[i])), Numbers.Double(actual[i]), T.IsNaN(arguments[i]) ? 0 : tolerance * (
                    1 + Math.Abs(Numbers.Double(arguments[i]))));
        }
    }
}
