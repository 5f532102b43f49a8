using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SumTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(new Sum(new Shape(2, 3), 3), (x, _) => [.. Enumerable.Range(0, 6).Select(i => x[0][i] + x[1][i] + x[2][i])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_value_can_be_added_to_itself(string device)
    {
        // L = (2 w x − t)² at w = 3, x = ½, t = 1: L = 4, g = 2 (2wx − t) 2x = 4, H = 2 (2x)² = 2.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).As("wx").Sum("wx").MeanSquaredLoss().Build();
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters([3]);
        Hessian hessian = Hessian.Compute(plan, new ArraySamples([0.5], [1.0], [1]));
        Assert.Equal((4, 4, 2), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0]));
    }

    [Fact]
    public void One_term_is_refused()
        => Assert.Contains("at least 2 terms; got 1", Assert.Throws<NetworkException>(() => new Sum(new Shape(1), 1)).Message, StringComparison.Ordinal);
}
