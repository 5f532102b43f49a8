using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests.Elementary;

public sealed class SingleElementaryTests : ElementaryTests<float, SingleElementary>
{
    // Math works in double: what it rounds is nothing in units of float.
    protected override double AllowedUlps => 1;

    protected override float[] ExpArguments
        => [.. Scattered(100_000, -104, 89), .. Scattered(20_000, -1, 1), -103.9f, -103.2f, -87.4f, 88.7228f, 1e-30f, -1e-42f];

    protected override float SmallestNormal => 1.17549435e-38f;

    private static IEnumerable<float> Scattered(int count, double from, double end)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => (float)(from + (random.NextDouble() * (end - from))));
    }
}

public sealed class DoubleElementaryTests : ElementaryTests<double, DoubleElementary>
{
    // One of ours, and Math's own half: neighbours of the same number.
    protected override double AllowedUlps => 1;

    protected override double[] ExpArguments
        => [.. Scattered(100_000, -746, 710), .. Scattered(20_000, -1, 1), -745.1, -744.5, -708.4, 709.78, 1e-300, -1e-310];

    protected override double SmallestNormal => 2.2250738585072014e-308;

    private static IEnumerable<double> Scattered(int count, double from, double end)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => from + (random.NextDouble() * (end - from)));
    }
}

public abstract class ElementaryTests<T, TElementary>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    public static TheoryData<string> Devices => TestDevices.Names;

    protected abstract double AllowedUlps { get; }

    protected abstract T[] ExpArguments { get; }

    protected abstract T SmallestNormal { get; }

    [Fact]
    public void Exp_is_within_one_unit_in_the_last_place()
        => Assert.All(ExpArguments, x => AssertNear(Math.Exp(Numbers.Double(x)), TElementary.Exp(x), x));

    [Fact]
    public void Log_is_within_one_unit_in_the_last_place()
        => Assert.All(LogArguments(), x => AssertNear(Math.Log(Numbers.Double(x)), TElementary.Log(x), x));

    [Fact]
    public void A_square_root_is_within_one_unit_in_the_last_place()
    {
        Assert.All(LogArguments(), x => AssertNear(Math.Sqrt(Numbers.Double(x)), SquareRoot.Of(x), x));
        Assert.All(new[] { T.Zero, T.PositiveInfinity }, x => Assert.Equal(x, SquareRoot.Of(x)));
        Assert.All(new[] { T.NaN, -T.One, T.NegativeInfinity }, x => Assert.True(T.IsNaN(SquareRoot.Of(x))));
    }

    [Fact]
    public void Log1P_is_within_three_units_in_the_last_place()
    {
        // mpmath 1.3.0 with 60 digits: mpmath.log1p(x); the arguments are exact in float.
        (double X, double Value)[] expected =
        [
            (Math.ScaleB(1, -60), 8.67361737988403547e-19), (Math.ScaleB(1, -24), 5.96046429990338562e-8), (Math.ScaleB(3, -20), 2.86101885650039826e-6),
            (Math.ScaleB(1, -10), 0.000976085973055458896), (0.0999755859375, 0.0952879849557483033), (0.5, 0.405465108108164382),
            (0.75, 0.559615787935422686), (1, 0.693147180559945309), (3, 1.38629436111989062), (10.125, 2.40919482805230391),
            (1e10, 23.0258509300404568), (-0.5, -0.693147180559945309), (-0.75, -1.38629436111989062), (Math.ScaleB(1, 100), 69.3147180559945309),
        ];
        double unit = Numbers.Double(T.BitIncrement(T.One) - T.One);
        Assert.All(expected, pair => Assert.Equal(pair.Value, Numbers.Double(TElementary.Log1P(T.CreateTruncating(pair.X))), 3 * unit * Math.Abs(pair.Value)));
        Assert.All(new[] { T.Epsilon, T.Zero, T.PositiveInfinity }, x => Assert.Equal(x, TElementary.Log1P(x)));
        Assert.Equal(T.NegativeInfinity, TElementary.Log1P(-T.One));
        Assert.All(new[] { T.NaN, -T.One - T.One, T.NegativeInfinity }, x => Assert.True(T.IsNaN(TElementary.Log1P(x))));
    }

    [Fact]
    public void Erfc_is_within_four_units_in_the_last_place()
    {
        // mpmath 1.3.0 with 40 digits: mpmath.erfc(x); the arguments are exact in float.
        (double X, double Value)[] expected =
        [
            (-3.5, 1.99999925690162766), (-1.25, 1.92290012825645823), (-0.0078125, 1.00881528289517919), (0.0, 1.0), (0.0078125, 0.991184717104820811),
            (0.5, 0.479500122186953462), (1.25, 0.0770998717435417699), (2.0, 0.00467773498104726584), (3.5, 7.43098372341412746e-7),
            (5.75, 4.23213661742573763e-16), (8.5, 2.76232407133377145e-33),
        ];
        double unit = Numbers.Double(T.BitIncrement(T.One) - T.One);
        Assert.All(expected, pair => Assert.Equal(pair.Value, Numbers.Double(TElementary.Erfc(T.CreateTruncating(pair.X))), 4 * unit * pair.Value));
        Assert.Equal(T.Zero, TElementary.Erfc(T.PositiveInfinity));
        Assert.Equal(T.One + T.One, TElementary.Erfc(T.NegativeInfinity));
        Assert.True(T.IsNaN(TElementary.Erfc(T.NaN)));
    }

    [Fact]
    public void Exp_says_what_it_does_at_the_edges()
    {
        Assert.Equal(T.One, TElementary.Exp(T.Zero));
        Assert.Equal(T.One, TElementary.Exp(-T.Zero));
        Assert.Equal(T.PositiveInfinity, TElementary.Exp(T.CreateTruncating(710)));
        Assert.Equal(T.PositiveInfinity, TElementary.Exp(T.PositiveInfinity));
        Assert.Equal(T.Zero, TElementary.Exp(T.CreateTruncating(-746)));
        Assert.Equal(T.Zero, TElementary.Exp(T.NegativeInfinity));
        Assert.True(T.IsNaN(TElementary.Exp(T.NaN)));
    }

    [Fact]
    public void Log_says_what_it_does_at_the_edges()
    {
        Assert.Equal(T.Zero, TElementary.Log(T.One));
        Assert.Equal(T.NegativeInfinity, TElementary.Log(T.Zero));
        Assert.Equal(T.NegativeInfinity, TElementary.Log(-T.Zero));
        Assert.True(T.IsNaN(TElementary.Log(-T.Epsilon)));
        Assert.True(T.IsNaN(TElementary.Log(T.NegativeInfinity)));
        Assert.Equal(T.PositiveInfinity, TElementary.Log(T.PositiveInfinity));
        Assert.True(T.IsNaN(TElementary.Log(T.NaN)));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Devices_compute_them_as_the_host_does(string device)
    {
        T[] x = [.. ExpArguments.Take(300), .. ExpArguments[^6..], T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero];
        T[] positive = [.. LogArguments().Take(300), T.NaN, -T.One, T.PositiveInfinity, T.Zero];
        using var lab = new Lab<T>(device);
        View<T> exponentials = lab.Put(x), logarithms = lab.Put(positive);
        lab.Kernels.Apply<Exponential>(x.Length, exponentials, exponentials, lab.Blank(x.Length));
        lab.Kernels.Apply<Logarithm>(positive.Length, logarithms, logarithms, lab.Blank(positive.Length));
        AssertAgree(device, [.. x.Select(TElementary.Exp)], lab.Read(exponentials));
        AssertAgree(device, [.. positive.Select(TElementary.Log)], lab.Read(logarithms));
    }

    // The same bits; but CUDA's assembler fuses products with sums, and either result is within one unit of the true value.
    private static void AssertAgree(string device, T[] host, T[] actual)
    {
        if (device != TestDevices.Cuda)
        {
            Assert.Equal(host, actual);
            return;
        }

        for (int i = 0; i < host.Length; i++)
        {
            bool agrees = host[i].Equals(actual[i]) || Math.Abs(Numbers.Double(host[i]) - Numbers.Double(actual[i])) <= 2 * Ulp(host[i]);
            Assert.True(agrees, $"[{i}] is {actual[i]:R} on {device} and {host[i]:R} on the host");
        }
    }

    private static double Ulp(T near) => Numbers.Double(T.BitIncrement(T.Abs(near)) - T.Abs(near));

    /// <summary>All magnitudes, subnormal ones first, then the neighbourhood of 1, where the logarithm is small.</summary>
    private IEnumerable<T> LogArguments()
    {
        for (T x = T.Epsilon; x < SmallestNormal; x *= T.CreateTruncating(1.9))
            yield return x + T.Epsilon;
        var random = new Random(2);
        for (T x = SmallestNormal; T.IsFinite(x); x *= T.CreateTruncating(1.01 + (random.NextDouble() * 0.1)))
            yield return x;
        for (int i = 0; i < 50_000; i++)
            yield return T.CreateTruncating(0.5 + (random.NextDouble() * 1.5));
        for (T x = T.One, step = T.BitIncrement(T.One) - T.One; step < T.One; step += step)
        {
            yield return x + step;
            yield return x - (step / (T.One + T.One));
        }
    }

    private void AssertNear(double expected, T actual, T x)
    {
        if (T.IsInfinity(T.CreateTruncating(expected)))
        {
            Assert.Equal(T.CreateTruncating(expected), actual);
            return;
        }

        double error = Math.Abs(Numbers.Double(actual) - expected) / Ulp(T.CreateTruncating(expected));
        Assert.True(error <= AllowedUlps, $"At {x}: {actual}, expected {expected}, off by {error} ulp");
    }

    private readonly struct Exponential : IPointwise
    {
        public static string Name => "exponential";

        public static bool IsPiecewiseLinear => false;

        public static bool IsPositivelyHomogeneous => false;

        public static TNumber Value<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => TPrecision.Exp(x);

        public static TNumber Derivative<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => TPrecision.Exp(x);

        public static TNumber SecondDerivative<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => TPrecision.Exp(x);

        public static Vector<TNumber> Value<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, Value<TNumber, TPrecision>);

        public static Vector<TNumber> Derivative<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, Derivative<TNumber, TPrecision>);

        public static Vector<TNumber> SecondDerivative<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, SecondDerivative<TNumber, TPrecision>);
    }

    private readonly struct Logarithm : IPointwise
    {
        public static string Name => "logarithm";

        public static bool IsPiecewiseLinear => false;

        public static bool IsPositivelyHomogeneous => false;

        public static TNumber Value<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => TPrecision.Log(x);

        public static TNumber Derivative<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => TNumber.One / x;

        public static TNumber SecondDerivative<TNumber, TPrecision>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => -TNumber.One / (x * x);

        public static Vector<TNumber> Value<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, Value<TNumber, TPrecision>);

        public static Vector<TNumber> Derivative<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, Derivative<TNumber, TPrecision>);

        public static Vector<TNumber> SecondDerivative<TNumber, TPrecision>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TPrecision : struct, IElementary<TNumber>
            => Lanes.Map(x, SecondDerivative<TNumber, TPrecision>);
    }
}
