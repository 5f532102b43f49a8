using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Host memory that does not move, and that CUDA's driver has locked, through which writes reach a device:
/// a write copies its values here, queues the transfer behind the kernels that were started before, and returns.
/// Who has waited for the device says so, and the memory is used from its beginning again.
/// </summary>
internal sealed class Staging(IlgpuDevice device) : IDisposable
{
    /// <summary>Bytes that may be on their way.</summary>
    public const int Capacity = 1 << 25;

    // Where a write begins: beyond the alignment of every type.
    private const int Alignment = 64;

    private PageLockedArray1D<byte>? _memory;
    private int _used;

    /// <summary>
    /// Queues a write; what does not fit beside those on their way waits for them, and what is larger than all of the memory goes straight from the source and
    /// is waited for.
    /// </summary>
    public void Write<T>(ArrayView<T> target, ReadOnlySpan<T> source)
        where T : unmanaged
    {
        AcceleratorStream stream = device.Accelerator.DefaultStream;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(source);
        if (bytes.Length > Capacity)
        {
            target.CopyFromCPU(stream, source);
            device.Synchronize();
            return;
        }

        if (bytes.Length > Capacity - _used)
            device.Synchronize();
        _memory ??= device.Accelerator.AllocatePageLocked1D<byte>(Capacity);
        Span<byte> place = _memory.Span.Slice(_used, bytes.Length);
        bytes.CopyTo(place);
        target.CopyFromCPUUnsafeAsync(stream, ref MemoryMarshal.Cast<byte, T>(place)[0], source.Length);
        _used += (bytes.Length + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>Nothing is on its way any more.</summary>
    public void Reuse() => _used = 0;

    public void Dispose()
    {
        try
        {
            if (_used > 0)
                device.Synchronize();
        }
        catch (AcceleratorException)
        {
            // The device has failed, which the kernel or the read that met it has said; nothing is on its way.
        }

        _memory?.Dispose();
    }
}
