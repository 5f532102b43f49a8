namespace BasinVolume.Autodiff.Networks;

/// <summary>Consecutive samples.</summary>
/// <param name="First">The first of them.</param>
/// <param name="End">The one behind the last of them.</param>
public readonly record struct SampleRange(int First, int End)
{
    /// <summary>How many there are.</summary>
    public int Count => End - First;
}
