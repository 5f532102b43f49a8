using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Memory for partial sums between two stages of a word. It grows to the largest size asked for and stays; words run in order, so all of them share it.
/// </summary>
internal sealed class Scratch<T>(IlgpuDevice device) : IDisposable
    where T : unmanaged
{
    /// <summary>Most elements that a word asks for when it can do its members in turns.</summary>
    public const int Limit = 1 << 22;

    private DeviceBuffer<T>? _buffer;

    /// <summary>How many of <paramref name="members"/> members, <paramref name="each"/> elements of scratch each, to do in one turn; at least 1.</summary>
    public static int Turn(int members, long each) => (int)long.Clamp(Limit / each, 1, members);

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
