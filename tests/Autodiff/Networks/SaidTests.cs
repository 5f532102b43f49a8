using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Networks;

/// <summary>What networks and results say of themselves where somebody prints one.</summary>
public class SaidTests
{
    private static readonly Network Small = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();

    [Fact]
    public void Networks_and_samples()
    {
        Assert.Equal("[1] → Linear w → MeanSquaredLoss: 1 parameters", Small.ToString());
        Assert.Equal("w.weight [1, 1]", Small.Parameters[0].ToString());
        var builder = new NetworkBuilder(new Shape(2));
        for (int layer = 0; layer < 10; layer++)
            builder.Linear($"{layer}", 2, bias: false);
        Assert.Equal(
            "[2] → Linear 0 → Linear 1 → Linear 2 → Linear 3 → Linear 4 → Linear 5 → … 4 more … → SoftmaxLoss: 40 parameters",
            builder.SoftmaxLoss().Build().ToString());
        Assert.Equal("3 samples of 2 numbers with 1 label(s) each", new MatrixSamples(new Matrix(3, 2), [0, 1, 0]).ToString());
        Assert.Equal("3 samples of 2 numbers with 4 target(s) each", new MatrixSamples(new Matrix(3, 2), new Matrix(3, 4)).ToString());
    }

    // L = (3w − 0)² at w = 2: 36, with the gradient 36 and the second derivative 18.
    [Fact]
    public void Derivatives_and_what_computed_them()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Small, device);
        plan.SetParameters([2]);
        var samples = new MatrixSamples(new Matrix(1, 1, [3]), new Matrix(1, 1));
        Assert.Equal("1 x 1 Hessian: loss 36, |gradient| 36, trace 18", Hessian.Compute(plan, samples).ToString());
        Assert.Equal("1 x 1 Gauss–Newton matrix: loss 36, trace 18", GaussNewton.Compute(plan, samples).ToString());
        Assert.StartsWith("cpu (", device.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", 1 threads)", device.ToString(), StringComparison.Ordinal);
        Assert.Equal($"Plan on {device}: {Small}", plan.ToString());
    }
}
