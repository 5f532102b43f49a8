namespace BasinVolume.Autodiff.Plans;

/// <summary>Places for sums of one length, which are used again once they have been given back.</summary>
/// <param name="length">Elements of each.</param>
internal sealed class SumPlaces(int length)
{
    private readonly Stack<double[]> _free = new();

    /// <summary>Elements of each.</summary>
    public int Length => length;

    /// <summary>A place that holds anything.</summary>
    public double[] Take() => _free.TryPop(out double[]? place) ? place : GC.AllocateUninitializedArray<double>(length);

    /// <summary>Gives a place back.</summary>
    public void Return(double[] place) => _free.Push(place);
}
