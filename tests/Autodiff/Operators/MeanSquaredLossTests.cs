using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class MeanSquaredLossTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_of_the_mean_over_elements(string device)
        => LossCheck.Passes(device, new MeanSquaredLoss(new Shape(2, 3), SquaredMean.OverElements), (o, _, target) => SquaredDistance(o, target) / 6);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_of_the_mean_over_samples(string device)
        => LossCheck.Passes(device, new MeanSquaredLoss(new Shape(2, 3), SquaredMean.OverSamples), (o, _, target) => SquaredDistance(o, target));

    private static double SquaredDistance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
