using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Memory for partial sums between two stages of a kernel. It grows to the largest size asked for and stays; kernels run in order, so all of them share it.
/// </summary>
internal sealed class Scratch<T>(IlgpuDevice device) : IDisposable
    where T : unmanaged
{
    /// <summary>Most elements that a kernel asks for when it can do its entries in turns.</summary>
    public const int Limit = 1 << 22;

    private DeviceBuffer<T>? _buffer;

    /// <summary>How many of <paramref name="entries"/> entries, <paramref name="each"/> elements of scratch each, to do in one turn; at least 1.</summary>
    public static int Turn(int entries, long each) => (int)long.Clamp(Limit / each, 1, entries);

    public View<T> Take(long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            device.Synchronize();
            _buffer?.Dispose();
            _buffer = null;
            _buffer = device.Allocate<T>(checked((int)length));
        }

        return _buffer.View.Slice(0, (int)length);
    }

    public void Dispose() => _buffer?.Dispose();
}
