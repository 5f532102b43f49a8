using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Losses whose Hessian is known in closed form.</summary>
public sealed class KnownHessianTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_quadratic_has_its_own_matrix_at_every_point(string device)
    {
        // ½(θ − t)ᵀA(θ − t) with A = XᵀX for X = [[1, 2], [0, 3]] and t = (1, −1): least squares for the targets X t, each sample counting ½.
        // A = [[1, 2], [2, 13]].
        Network network = new NetworkBuilder(new Shape(2)).Linear("theta", 1, bias: false).MeanSquaredLoss(SquaredMean.OverSamples).Build();
        var samples = new ArraySamples([1, 2, 0, 3], [-1.0, -3], [0.5, 0.5]);
        foreach (double[] theta in (double[][])[[1, -1], [0, 0], [4, 2.5]])
        {
            Hessian hessian = On.Hessian<double>(device, network, theta, samples);
            Assert.Equal([1, 2, 2, 13], hessian.Matrix.Values, Near);
            (double x, double y) = (theta[0] - 1, theta[1] + 1);
            Assert.Equal([x + (2 * y), (2 * x) + (13 * y)], hessian.Gradient, Near);
            Assert.Equal(((x * x) + (4 * x * y) + (13 * y * y)) / 2, hessian.Loss, 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Two_linear_layers_have_a_saddle_at_zero_and_a_valley(string device)
    {
        // ½(ab − m)², m = 2: H = [[b², 2ab − m], [2ab − m, a²]].
        const double M = 2;
        Network network = new NetworkBuilder(new Shape(1))
            .Linear("a", 1, bias: false)
            .Linear("b", 1, bias: false)
            .MeanSquaredLoss(SquaredMean.OverSamples)
            .Build();
        foreach ((double a, double b) in new[] { (0.0, 0.0), (4, 0.5), (-1, 3) })
        {
            Hessian hessian = On.Hessian<double>(device, network, [a, b], new ArraySamples([1], [M], [0.5]));
            Assert.Equal([b * b, (2 * a * b) - M, (2 * a * b) - M, a * a], hessian.Matrix.Values, Near);
        }

        // At 0 the eigenvalues are ±m, on ab = m they are 0 and a² + b².
        Assert.Equal([-M, M], Eigenvalues(0, 0), Near);
        Assert.Equal([0, 16.25], Eigenvalues(4, 0.5), Near);

        double[] Eigenvalues(double a, double b) => Spectrum.Of(On.Hessian<double>(device, network, [a, b], new ArraySamples([1], [M], [0.5])));
    }

    private static bool Near(double x, double y) => Math.Abs(x - y) <= 1e-13;
}
