using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>What every case does: a Hessian of a small network on a device.</summary>
internal static class On
{
    /// <summary>The Hessian at parameters that the precision holds exactly.</summary>
    public static Hessian Hessian<T>(string device, Network network, double[] parameters, ISamples samples, PlanBudget? budget = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(network, TestDevices.Get(device), budget ?? new PlanBudget(8, 1 << 12));
        plan.SetParameters(Array.ConvertAll(parameters, T.CreateTruncating));
        Hessian hessian = Autodiff.Hessian.Compute(plan, samples);
        TestDevices.Failures.AssertNone();
        return hessian;
    }

    /// <summary>In both precisions.</summary>
    public static Hessian[] Both(string device, Network network, double[] parameters, ISamples samples, PlanBudget? budget = null)
        => [Hessian<double>(device, network, parameters, samples, budget), Hessian<float>(device, network, parameters, samples, budget)];
}
