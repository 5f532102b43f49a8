using System.Numerics;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Tests.Contracts;
using BasinVolume.Kernels.Tests.Devices;
using ILGPU;

namespace BasinVolume.Kernels.Tests.Ilgpu;

public sealed class OptimizationInSingle : OptimizationTests<float>;

public sealed class OptimizationInDouble : OptimizationTests<double>;

/// <summary>
/// ILGPU's optimiser must not change a bit. At every level it goes over the kernels of the simulator too, but version 1.5.3 then runs the C# method itself:
/// what the optimiser has made of a kernel is run on OpenCL, which is compared with the simulator in <see cref="AgreementTests{T}"/>.
/// </summary>
public abstract class OptimizationTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Kernels_have_the_same_bits_at_the_lowest_level_as_at_the_highest()
    {
        TestDevices.SkipUnlessMeant(TestDevices.Simulator);
        using var device = IlgpuDevice.OpenSimulator(OptimizationLevel.O0, warps: 1, threads: 1);
        foreach (Invocation<T> invocation in Invocations<T>.All)
        {
            using var lab = new Lab<T>(device);
            invocation.AssertAgrees(lab, "the simulator at O0", Agreement.Exact);
        }
    }
}
