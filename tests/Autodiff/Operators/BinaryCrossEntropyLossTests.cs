using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class BinaryCrossEntropyLossTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => LossCheck.Passes(device, new BinaryCrossEntropyLoss(new Shape(2, 3)), (o, _, target) => o.Zip(target, CrossEntropy).Sum() / 6);

    // With σ(−z) = e⁻ᶻ/(1 + e⁻ᶻ): at z = 40 and t = 1 the loss is e⁻⁴⁰ to 17 digits, its derivative −e⁻⁴⁰, and the second derivative e⁻⁴⁰; at −z and t = 0 the
    // same, the derivative with the other sign. At the wrong side the loss is |z|.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Loss_and_derivatives_are_right_relative_to_themselves_far_from_zero(string device)
    {
        foreach ((double logit, double target, double loss, double residual) in ((double, double, double, double)[])[
            (40, 1, Math.Exp(-40), -Math.Exp(-40)), (-40, 0, Math.Exp(-40), Math.Exp(-40)),
            (40, 0, 40, 1), (-40, 1, 40, -1), (600, 1, Math.Exp(-600), -Math.Exp(-600)), (-600, 1, 600, -1)])
        {
            using var rig = new OperatorRig<double>(
                new BinaryCrossEntropyLoss(new Shape(1)), TestDevices.Get(device), Surroundings.Alone, 1,
                _ => new ArraySamples([0], [target], [1.0]));
            AssertRelative(loss, rig.Forward([logit])[0]);
            AssertRelative(residual, rig.Adjoint([logit], [])[0]);
            AssertRelative(Math.Exp(-Math.Abs(logit)), rig.Directions([logit], [], [[1]], []).TangentAdjoints[0][0]);
        }
    }

    [Theory]
    [InlineData(-0.25)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Targets_that_are_no_probabilities_are_refused(double target)
    {
        Network network = new NetworkBuilder(new Shape(1)).Linear("fc", 2).BinaryCrossEntropyLoss().Build();
        NetworkException error = Assert.Throws<NetworkException>(
            () => Cases.On.Hessian<double>(TestDevices.Cpu, network, [1, 1, 0, 0], new ArraySamples([1, 1], [0, 1, 0.5, target], [1, 1])));
        Assert.Contains($"Sample 1 has the target {target}", error.Message, StringComparison.Ordinal);
        Assert.Contains("takes targets from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    private static double CrossEntropy(double logit, double target)
        => (-target * Math.Log(1 / (1 + Math.Exp(-logit)))) - ((1 - target) * Math.Log(1 / (1 + Math.Exp(logit))));

    private static void AssertRelative(double expected, double actual)
        => Assert.True(Math.Abs(actual - expected) <= 1e-14 * Math.Abs(expected), $"{actual} is not {expected}");
}
