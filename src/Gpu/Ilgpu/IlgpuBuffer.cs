using BasinVolume.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>A stretch of an accelerator's memory.</summary>
internal sealed class IlgpuBuffer<T> : DeviceBuffer<T>
    where T : unmanaged
{
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _memory;
    private Landing<T>? _landing;
    private bool _freed;

    public IlgpuBuffer(IlgpuDevice device, int length)
    {
        Device = device;
        Length = length;
        device.Accelerator.Bind();
        // No accelerator reserves 0 bytes.
        _memory = device.Accelerator.Allocate1D<T>(int.Max(length, 1));
    }

    public IlgpuDevice Device { get; }

    /// <exception cref="ObjectDisposedException">The buffer was freed.</exception>
    public ArrayView<T> Elements => _freed ? throw Freed() : _memory.View.BaseView;

    public override int Length { get; }

    protected override void Write(int offset, ReadOnlySpan<T> source)
    {
        if (source.IsEmpty)
            return;
        using Lock.Scope turn = Device.Enter();
        try
        {
            Device.Accelerator.Bind();
            Device.Staging.Write(Elements.SubView(offset, source.Length), source);
        }
        catch (AcceleratorException e)
        {
            throw Failed("written to", source.Length, e);
        }
    }

    protected override void Read(int offset, Span<T> destination)
    {
        if (destination.IsEmpty)
            return;
        using Lock.Scope turn = Device.Enter();
        try
        {
            Device.Accelerator.Bind();
            Elements.SubView(offset, destination.Length).CopyToCPU(Device.Accelerator.DefaultStream, destination);
            Device.Synchronize();
        }
        catch (AcceleratorException e)
        {
            throw Failed("read from", destination.Length, e);
        }
    }

    protected override ReadOnlyMemory<T> ElementsAt(int offset, int length)
    {
        using Lock.Scope turn = Device.Enter();
        try
        {
            Device.Accelerator.Bind();
            return (_landing ??= new(Device)).Take(Elements.SubView(offset, length));
        }
        catch (AcceleratorException e)
        {
            throw Failed("read from", length, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || _freed)
            return;
        _freed = true;
        Device.Free(() =>
        {
            (_landing as IDisposable)?.Dispose();
            _memory.Dispose();
        });
    }

    // Launches and writes do not wait: what failed may be a kernel before.
    private DeviceException Failed(string verb, int length, AcceleratorException e)
        => new($"{length} elements could not be {verb} {Device.Description.Name}, or a kernel started before has failed: {e.Message}", e);
}
