using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// Sums over many samples, for several numbers side by side, that are right to a few units whatever the samples are:
/// 128 of them are added as they come, and these sums to a <see cref="RunningSum"/> each.
/// A plain sum of a million equal terms is off by thousands of units.
/// </summary>
/// <param name="length">How many numbers.</param>
internal sealed class LongSum(int length)
{
    private const int Stretch = 128;

    private readonly double[] _part = new double[length];
    private readonly RunningSum[] _whole = new RunningSum[length];
    private int _samples;

    /// <summary>Where the next sample's terms are added.</summary>
    public Span<double> Terms
    {
        get
        {
            if (++_samples % Stretch == 0)
                Close();
            return _part;
        }
    }

    /// <summary>The sums.</summary>
    public double[] Total()
    {
        Close();
        return Array.ConvertAll(_whole, sum => sum.Total);
    }

    private void Close()
    {
        for (int i = 0; i < _part.Length; i++)
        {
            _whole[i].Add(_part[i]);
            _part[i] = 0;
        }
    }
}
