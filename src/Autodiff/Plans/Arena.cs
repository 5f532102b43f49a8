using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>Gives out the places of one buffer, one behind the other.</summary>
internal sealed class Arena<T>(View<T> buffer)
    where T : unmanaged
{
    private int _used;

    /// <summary>The next <paramref name="length"/> elements.</summary>
    public View<T> Place(int length)
    {
        View<T> place = buffer.Slice(_used, length);
        _used += length;
        return place;
    }
}
