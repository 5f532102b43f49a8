using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using BasinVolume.Kernels.Host.Arrays;

namespace BasinVolume.Kernels.Host;

/// <summary>The processor as a device: vector instructions and a team of threads.</summary>
public sealed class HostDevice : Device
{
    /// <summary>Opens the processor.</summary>
    /// <param name="threads">Threads that compute, at least 1. Results do not depend on their number.</param>
    public HostDevice(int threads)
        : base(threads)
    {
        Description = new DeviceDescription(Kind, ProcessorName(), threads, true, HostMemory.Bytes());
    }

    /// <summary>The processor's vector units and threads, by our own host kernels.</summary>
    public static DeviceKind Kind { get; } = new("cpu", DeviceCosts.OfProcessors);

    /// <inheritdoc/>
    public override DeviceDescription Description { get; }

    /// <inheritdoc/>
    protected override long OwnFreeMemoryBytes => HostMemory.FreeBytes();

    /// <inheritdoc/>
    public override DeviceBuffer<T> Allocate<T>(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        CheckOpen();
        try
        {
            return new HostBuffer<T>(GC.AllocateUninitializedArray<T>(length));
        }
        catch (OutOfMemoryException e)
        {
            throw new DeviceException(
                $"The processor's memory cannot hold another {ByteSize.Of((double)length * Marshal.SizeOf<T>())}; "
                + $"close other programs or compute on fewer samples.", e);
        }
    }

    /// <inheritdoc/>
    public override IKernels<T> Kernels<T>()
    {
        CheckOpen();
        if (typeof(T) == typeof(double))
            return (IKernels<T>)HostKernels.Doubles(Threads);
        if (typeof(T) == typeof(float))
            return (IKernels<T>)HostKernels.Singles(Threads);
        throw new DeviceException($"The processor's kernels compute in float and double; {typeof(T).Name} was asked for.");
    }

    /// <summary>The name that the processor gives itself, and the width of the widest vectors in use.</summary>
    public static string ProcessorName()
    {
        string vectors = $"{(Vector512.IsHardwareAccelerated ? 512 : Vector<byte>.Count * 8)}-bit vectors";
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
            return $"{RuntimeInformation.ProcessArchitecture}, {vectors}";
        Span<int> registers = stackalloc int[12];
        for (int i = 0; i < 3; i++)
            (registers[4 * i], registers[(4 * i) + 1], registers[(4 * i) + 2], registers[(4 * i) + 3]) = X86Base.CpuId(unchecked((int)0x80000002) + i, 0);
        return $"{Encoding.ASCII.GetString(MemoryMarshal.AsBytes(registers)).Trim('\0', ' ')}, {vectors}";
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Arrays belong to the garbage collector.
    }

    private void CheckOpen()
    {
        if (Threads.HaveEnded)
            throw Closed();
    }
}
