using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>What element-by-element operators have in common.</summary>
internal static class PointwiseCheck
{
    /// <summary>2⁶⁷, about 1.5e20, which float holds exactly, but not its square.</summary>
    public const double Huge = 147573952589676412928.0;

    /// <summary>The usual checks for f at normal points.</summary>
    public static void Passes<TFunction>(string device, Func<double, double> f)
        where TFunction : struct, IPointwise
        => OperatorCheck.Passes(device, Case<TFunction>(f));

    /// <summary>The same for f with a kink at 0, at points away from it.</summary>
    public static void PassesAwayFromZero<TFunction>(string device, Func<double, double> f)
        where TFunction : struct, IPointwise
        => OperatorCheck.Passes(
            device,
            Case<TFunction>(f) with { Inputs = (random, count) => Array.ConvertAll(ArraySamples.Normals(random, count), x => x + Math.CopySign(0.1, x)) });

    /// <summary>f, f′ and f″ at single points, exactly, in both precisions.</summary>
    public static void Values<TFunction>(string device, double[] points, double[] values, double[] first, double[] second)
        where TFunction : struct, IPointwise
    {
        Values<double, TFunction>(TestDevices.Get(device), points, values, first, second);
        Values<float, TFunction>(TestDevices.Get(device), points, values, first, second);
    }

    private static OperatorCase Case<TFunction>(Func<double, double> f)
        where TFunction : struct, IPointwise
        => new(new Pointwise<TFunction>(new Shape(2, 5)), (x, _) => Array.ConvertAll(x[0], value => f(value)));

    // With ȳ = ẋ = 1 the adjoint is f′, and with ȳ˙ = 0 the tangent-adjoint f″.
    private static void Values<T, TFunction>(Device device, double[] points, double[] values, double[] first, double[] second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPointwise
    {
        double[] ones = [.. points.Select(_ => 1.0)];
        var @operator = new Pointwise<TFunction>(new Shape(points.Length));
        using var rig = new OperatorRig<T>(@operator, device, Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.Equal(values, rig.Forward(points));
        Assert.Equal(first, rig.Adjoint(points, ones));
        (double[][] tangents, double[][] tangentAdjoints) = rig.Directions(points, ones, [ones], [new double[points.Length]]);
        Assert.Equal(first, tangents[0]);
        Assert.Equal(second, tangentAdjoints[0]);
        TestDevices.Failures.AssertNone();
    }
}
