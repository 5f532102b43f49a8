using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>The numbers of a device's view on the host, in double, in memory that the next view's take over: chunk after chunk is read.</summary>
internal sealed class HostNumbers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _asTheyAre = [];
    private double[] _numbers = [];

    /// <summary>The numbers that a view holds, until the next one is read.</summary>
    public ReadOnlySpan<double> Read(View<T> view)
    {
        if (_numbers.Length < view.Length)
            (_asTheyAre, _numbers) = (new T[view.Length], new double[view.Length]);
        Span<T> read = _asTheyAre.AsSpan(0, view.Length);
        view.Read(read);
        for (int i = 0; i < read.Length; i++)
            _numbers[i] = double.CreateTruncating(read[i]);
        return _numbers.AsSpan(0, read.Length);
    }
}
