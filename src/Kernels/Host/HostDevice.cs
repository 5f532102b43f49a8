namespace BasinVolume.Kernels.Host;

/// <summary>The processor. A placeholder until the host kernels are here.</summary>
public sealed class HostDevice(int threads) : Device
{
    /// <inheritdoc/>
    public override DeviceDescription Description => throw Missing();

    /// <inheritdoc/>
    public override DeviceBuffer<T> Allocate<T>(int length) => throw Missing();

    /// <inheritdoc/>
    public override IKernels<T> Kernels<T>() => throw Missing();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private DeviceException Missing() => new($"The host kernels (asked for with {threads} threads) are not part of this build.");
}
