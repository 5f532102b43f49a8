using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Plans;

public sealed class PlanTests
{
    [Fact]
    public void Running_a_plan_allocates_nothing()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Networks.SmallNotebook(), device, new PlanBudget(16, 1 << 16));
        plan.SetParameters(ArraySamples.Normals(new Random(1), plan.Network.ParameterCount));
        ArraySamples samples = ArraySamples.Random(plan.Network, 16, 1);
        Run();
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            plan.Load(samples, 0, 16);
            plan.Forward();
            plan.Adjoint();
            foreach (Parameter parameter in plan.Network.Parameters)
                plan.MultiplyOneHot(plan.Inside(parameter), parameter, 0, Math.Min(parameter.Size, plan.Inside(parameter).Capacity));
            plan.MultiplyDense(1);
        }
    }

    [Fact]
    public void Directions_of_a_late_layer_reach_nothing_before_it()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Networks.SmallNotebook(), device);
        DirectionLayout<double> late = plan.Inside(plan.Network.Parameters[^1]);
        // Nodes: 0 convolution, 1 relu, 2 max-pool, 3 flatten, 4 linear, 5 loss.
        Assert.Equal([4], late.TangentNodes);
        Assert.Equal([5, 4], late.TangentAdjointNodes);
        Assert.Equal(plan.Network.Parameters[2].Offset, late.FirstRow);
        DirectionLayout<double> early = plan.Inside(plan.Network.Parameters[0]);
        Assert.Equal([0, 1, 2, 3, 4], early.TangentNodes);
        Assert.Equal([5, 4, 3, 2, 1, 0], early.TangentAdjointNodes);
        Assert.True(early.CopiesInput);
    }

    [Fact]
    public void The_wrong_number_of_parameters_is_refused()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<float>(Networks.Mlp(), device);
        NetworkException error = Assert.Throws<NetworkException>(() => plan.SetParameters(new float[3]));
        Assert.Contains($"{plan.Network.ParameterCount} parameters; 3 were given", error.Message, StringComparison.Ordinal);
    }
}
