using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Linear softmax, whose Hessian is (diag p − p pᵀ) ⊗ x xᵀ.</summary>
public sealed class SoftmaxTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Softmax_regression_at_zero_weights_has_its_closed_form(string device)
    {
        // p = 1/3 and x = (1, 2): K has 2/9 on the diagonal and −1/9 beside it, so H has the eigenvalues 1/3 (twice) and 0 of K times |x|² = 5, and four zeros
        // more.
        Network network = new NetworkBuilder(new Shape(2)).Linear("fc", 3, bias: false).SoftmaxLoss().Build();
        double[] x = [1, 2];
        double[] tolerances = [1e-15, 1e-6];
        foreach ((Hessian hessian, double tolerance) in On.Both(device, network, new double[6], new ArraySamples(x, [0], [1])).Zip(tolerances))
        {
            Assert.Equal(Math.Log(3), hessian.Loss, tolerance);
            for (int i = 0; i < 6; i++)
            {
                for (int j = 0; j < 6; j++)
                    Assert.Equal((i / 2 == j / 2 ? 2.0 : -1.0) / 9 * x[i % 2] * x[j % 2], hessian.Matrix[i, j], tolerance);
            }

            Assert.Equal(10.0 / 3, hessian.Trace, 4 * tolerance);
            double[] eigenvalues = Spectrum.Of(hessian);
            double[] expected = [0, 0, 0, 0, 5.0 / 3, 5.0 / 3];
            Assert.All(expected.Zip(eigenvalues), pair => Assert.Equal(pair.First, pair.Second, 10 * tolerance));
        }
    }

    // NNlib#68, pytorch#11752: exp of such logits overflows, and a naive softmax gives NaN.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Large_logits_give_a_large_loss_and_no_curvature(string device)
    {
        // Logits (−431, 279, 427) with label 0: the loss is 427 + 431, p = (0, e^−148, 1) up to rounding; e^−148 = 5e-65 is 0 in float.
        Network network = TestNetworks.SoftmaxRegression(1, 3);
        Hessian[] both = On.Both(device, network, [-431, 279, 427, 0, 0, 0], new ArraySamples([1], [0], [1]));
        Assert.All(both, hessian => Assert.Equal(858, hessian.Loss));
        Assert.Equal([-1, Math.Exp(-148), 1], both[0].Gradient[..3], (a, b) => Math.Abs(a - b) <= 1e-13 * Math.Abs(a));
        Assert.Equal([-1, 0, 1], both[1].Gradient[..3]);
        Assert.All(both.SelectMany(hessian => hessian.Matrix.Values), value => Assert.True(Math.Abs(value) < 1e-60));
    }
}
