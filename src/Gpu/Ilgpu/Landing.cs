using System.Buffers;
using ILGPU;
using ILGPU.Runtime;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Host memory that does not move, and that CUDA's driver has locked, where elements of a buffer land when they are looked at;
/// it grows to the longest look and stays.
/// </summary>
internal sealed class Landing<T>(IlgpuDevice device) : MemoryManager<T>
    where T : unmanaged
{
    private PageLockedArray1D<T>? _memory;

    /// <summary>Copies the elements here, behind the kernels that were started before, and waits.</summary>
    public ReadOnlyMemory<T> Take(ArrayView<T> source)
    {
        int length = checked((int)source.Length);
        if (_memory is null || _memory.Length < length)
        {
            _memory?.Dispose();
            _memory = null;
            _memory = device.Accelerator.AllocatePageLocked1D<T>(length);
        }

        source.CopyToCPUUnsafeAsync(device.Accelerator.DefaultStream, ref _memory.Span[0], length);
        device.Synchronize();
        return Memory[..length];
    }

    public override Span<T> GetSpan() => _memory is null ? [] : _memory.Span;

    // What never moves need not be pinned, and nobody here asks for addresses.
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _memory?.Dispose();
}
