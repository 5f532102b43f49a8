using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ProductTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(new Product(new Shape(2, 3)), (x, _) => [.. x[0].Zip(x[1], (a, b) => a * b)]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_value_can_be_multiplied_by_itself(string device)
    {
        // L = ((w x)² − t)² at w = 3, x = ½, t = 2: with u = (wx)² = 2.25, u′ = 2 w x² = 1.5, u″ = 2 x² = 0.5:
        // L = 0.0625, g = 2 (u − t) u′ = 0.75, H = 2 u′² + 2 (u − t) u″ = 4.75.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).As("wx").Product("wx").MeanSquaredLoss().Build();
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters([3]);
        Hessian hessian = Hessian.Compute(plan, new ArraySamples([0.5], [2.0], [1]));
        Assert.Equal((0.0625, 0.75, 4.75), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0]));
    }

    [Fact]
    public void One_factor_is_refused()
        => Assert.Contains(
            "at least 2 factors", Assert.Throws<NetworkException>(() => new NetworkBuilder(new Shape(1)).Product()).Message, StringComparison.Ordinal);
}
