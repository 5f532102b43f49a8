namespace BasinVolume.Kernels.Linear;

/// <summary>Neumaier's sum: what each addition rounds away is collected and added at the end. Its error does not grow with the number of terms.</summary>
public struct RunningSum
{
    private double _sum;
    private double _lost;

    /// <summary>What the terms so far sum to.</summary>
    // An infinite sum has nothing to compensate; ∞ − ∞ must not make it a NaN.
    public readonly double Total => double.IsFinite(_sum) ? _sum + _lost : _sum;

    /// <summary>Adds a term.</summary>
    /// <param name="x">The term.</param>
    public void Add(double x)
    {
        double next = _sum + x;
        _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - next + x : x - next + _sum;
        _sum = next;
    }
}
