using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class PointwiseInSingle : PointwiseTests<float, SingleElementary>;

public sealed class PointwiseInDouble : PointwiseTests<double, DoubleElementary>;

public abstract class PointwiseTests<T, TPrecision> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TPrecision : struct, IElementary<T>
{
    [Theory]
    [MemberData(nameof(Devices))]
    public void A_function_and_its_derivatives_are_applied_to_each_element(string device)
    {
        using var lab = new Lab<T>(device);
        T[] values = Numbers.Random<T>(1, 37);
        View<T> x = lab.Put(values), y = lab.Blank(37), first = lab.Blank(37), second = lab.Blank(37);
        lab.Kernels.Apply<Cube>(37, x, y, first);
        lab.Kernels.ApplySecondDerivative<Cube>(37, x, second);
        Assert.Equal([.. values.Select(Cube.Value<T, TPrecision>)], lab.Read(y));
        Assert.Equal([.. values.Select(Cube.Derivative<T, TPrecision>)], lab.Read(first));
        Assert.Equal([.. values.Select(Cube.SecondDerivative<T, TPrecision>)], lab.Read(second));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Relu_has_derivative_zero_at_zero_and_keeps_NaN(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> x = lab.Put([-T.One, -T.Zero, T.Zero, T.Epsilon, T.One, T.NaN, T.PositiveInfinity, T.NegativeInfinity]);
        View<T> y = lab.Blank(8), first = lab.Blank(8), second = lab.Blank(8);
        lab.Kernels.Apply<Relu>(8, x, y, first);
        lab.Kernels.ApplySecondDerivative<Relu>(8, x, second);
        Assert.Equal([T.Zero, T.Zero, T.Zero, T.Epsilon, T.One, T.NaN, T.PositiveInfinity, T.Zero], lab.Read(y));
        Assert.Equal([T.Zero, T.Zero, T.Zero, T.One, T.One, T.Zero, T.One, T.Zero], lab.Read(first));
        Assert.All(lab.Read(second), value => Assert.Equal(T.Zero, value));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_result_may_take_the_place_of_the_argument(string device)
    {
        using var lab = new Lab<T>(device);
        T[] values = Numbers.Random<T>(1, 9);
        View<T> x = lab.Put(values), derivative = lab.Blank(9);
        lab.Kernels.Apply<Relu>(9, x, x, derivative);
        lab.Kernels.Apply<Relu>(0, x, x, derivative);
        Assert.Equal([.. values.Select(Relu.Value<T, TPrecision>)], lab.Read(x));
        Assert.Equal([.. values.Select(Relu.Derivative<T, TPrecision>)], lab.Read(derivative));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * 5), 5, first, count));
        lab.Kernels.Apply<Cube>(count * 5, x, x, lab.Blank(count * 5));
        return lab.Read(x);
    }

    /// <summary>x³: one product after another, so that no device can fuse anything.</summary>
    private readonly struct Cube : IPointwise
    {
        public static string Name => "cube";

        public static bool IsPiecewiseLinear => false;

        public static bool IsPositivelyHomogeneous => false;

        public static TNumber Value<TNumber, TElementary>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => x * x * x;

        public static TNumber Derivative<TNumber, TElementary>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => (TNumber.One + TNumber.One + TNumber.One) * x * x;

        public static TNumber SecondDerivative<TNumber, TElementary>(TNumber x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => (TNumber.One + TNumber.One + TNumber.One) * (x + x);

        public static Vector<TNumber> Value<TNumber, TElementary>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => Lanes.Map(x, Value<TNumber, TElementary>);

        public static Vector<TNumber> Derivative<TNumber, TElementary>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => Lanes.Map(x, Derivative<TNumber, TElementary>);

        public static Vector<TNumber> SecondDerivative<TNumber, TElementary>(Vector<TNumber> x)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            where TElementary : struct, IElementary<TNumber>
            => Lanes.Map(x, SecondDerivative<TNumber, TElementary>);
    }
}
