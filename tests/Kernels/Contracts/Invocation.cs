using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>A kernel called with fixed operands: what devices, and levels of optimisation, are compared on.</summary>
/// <param name="Kernel">The method of <see cref="IKernels{T}"/>.</param>
/// <param name="Operands">Sizes and whatever else tells this invocation from the kernel's others.</param>
/// <param name="Agreement">How far devices may be apart.</param>
/// <param name="Run">Runs the kernel on a device and gives its outputs.</param>
internal sealed record Invocation<T>(string Kernel, string Operands, Agreement Agreement, Func<Lab<T>, T[][]> Run)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[][]? _simulated;

    /// <summary>What the simulator gives, which everything is compared with: asked once, because it is slow.</summary>
    public T[][] Simulated
    {
        get
        {
            if (_simulated is null)
            {
                using var lab = new Lab<T>(TestDevices.Simulator);
                _simulated = Run(lab);
            }

            return _simulated;
        }
    }

    /// <summary>Runs it on another device and compares, within what <paramref name="agreement"/> allows.</summary>
    public void AssertAgrees(Lab<T> lab, string device, Agreement agreement)
    {
        T[][] actual = Run(lab);
        for (int i = 0; i < actual.Length; i++)
            agreement.AssertHolds(device, Simulated[i], actual[i], $"{Kernel} {Operands}, output {i}");
    }
}
