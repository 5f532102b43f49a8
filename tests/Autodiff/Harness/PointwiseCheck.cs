using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>What element-by-element operators have in common.</summary>
internal static class PointwiseCheck
{
    /// <summary>2⁶⁷, about 1.5e20, which float holds exactly, but not its square.</summary>
    public const double Huge = 147573952589676412928.0;

    /// <summary>The usual checks for f at normal points.</summary>
    public static void Passes(string device, Func<Shape, Operator> operatorOf, Func<double, double> f)
        => OperatorCheck.Passes(device, Case(operatorOf, f));

    /// <summary>The same for f with a kink at 0, at points away from it.</summary>
    public static void PassesAwayFromZero(string device, Func<Shape, Operator> operatorOf, Func<double, double> f)
        => OperatorCheck.Passes(device, Case(operatorOf, f) with { Inputs = (random, count) => Array.ConvertAll(ArraySamples.Normals(random, count), x => x + Math.CopySign(0.1, x)) });

    /// <summary>f, f′ and f″ at single points, exactly, in both precisions.</summary>
    public static void Values(string device, Func<Shape, Operator> operatorOf, double[] points, double[] values, double[] first, double[] second)
    {
        Values<double>(TestDevices.Get(device), operatorOf, points, values, first, second);
        Values<float>(TestDevices.Get(device), operatorOf, points, values, first, second);
    }

    private static OperatorCase Case(Func<Shape, Operator> operatorOf, Func<double, double> f)
        => new(operatorOf(new Shape(2, 5)), (x, _) => Array.ConvertAll(x[0], value => f(value)));

    // With ȳ = ẋ = 1 the adjoint is f′, and with ȳ˙ = 0 the tangent-adjoint f″.
    private static void Values<T>(Device device, Func<Shape, Operator> operatorOf, double[] points, double[] values, double[] first, double[] second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] ones = [.. points.Select(_ => 1.0)];
        using var rig = new OperatorRig<T>(operatorOf(new Shape(points.Length)), device, Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.Equal(values, rig.Forward(points));
        Assert.Equal(first, rig.Adjoint(points, ones));
        (double[][] tangents, double[][] tangentAdjoints) = rig.Directions(points, ones, [ones], [new double[points.Length]]);
        Assert.Equal(first, tangents[0]);
        Assert.Equal(second, tangentAdjoints[0]);
        TestDevices.Failures.AssertNone();
    }
}
