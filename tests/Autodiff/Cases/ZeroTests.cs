using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Derivatives that are zero are results, not errors.</summary>
public sealed class ZeroTests
{
    // pytorch#32304: a loss linear in the weights.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_loss_without_curvature_has_the_hessian_zero(string device)
    {
        // Samples of opposite weights: ½ (w + 1)² − ½ (w − 1)² = 2 w.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();
        foreach (Hessian hessian in On.Both(device, network, [3], new ArraySamples([1, 1], [-1.0, 1], [0.5, -0.5])))
            Assert.Equal((6, 2, 0, 0), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0], hessian.Asymmetry));
    }

    // PyHessian#8, #19, #27.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Unused_and_dead_parameters_have_zero_rows_and_columns(string device)
    {
        // f = w1 relu(3 w0), L = ½ (f − 1)² at (−1, 2): the unit is dead, and w2 is unused.
        Network network = new NetworkBuilder(new Shape(1))
            .Linear("w0", 1, bias: false)
            .Relu()
            .Linear("w1", 1, bias: false)
            .Unused("w2", new Shape(1))
            .MeanSquaredLoss()
            .Build();
        foreach (Hessian hessian in On.Both(device, network, [-1, 2, 7], new ArraySamples([3], [1.0], [0.5])))
        {
            Assert.Equal(0.5, hessian.Loss);
            Assert.Equal([0, 0, 0], hessian.Gradient);
            Assert.Equal(new double[9], hessian.Matrix.Values);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Beside_unused_parameters_the_others_keep_their_curvature(string device)
    {
        // The same unit alive at (½, 2): g = (12, 3), H = [[36, 15], [15, 9/4]], with the unused w2 between them.
        Network network = new NetworkBuilder(new Shape(1))
            .Linear("w0", 1, bias: false)
            .Unused("w2", new Shape(1))
            .Relu()
            .Linear("w1", 1, bias: false)
            .MeanSquaredLoss()
            .Build();
        foreach (Hessian hessian in On.Both(device, network, [0.5, 7, 2], new ArraySamples([3], [1.0], [0.5])))
        {
            Assert.Equal([12, 0, 3], hessian.Gradient);
            Assert.Equal([36, 0, 15, 0, 0, 0, 15, 0, 2.25], hessian.Matrix.Values);
        }
    }
}
