namespace BasinVolume.Autodiff.Plans;

/// <summary>Places for sums of one length, which are used again once they have been given back.</summary>
internal sealed class SumPlaces
{
    private readonly Stack<double[]> _free = new();
    private readonly double[]? _own;
    private readonly SumPlaces? _others;

    /// <summary>No place yet.</summary>
    /// <param name="length">Elements of each.</param>
    public SumPlaces(int length) => Length = length;

    /// <summary>Somebody's own place before all others.</summary>
    /// <param name="own">It; the first sum stands there, and it is not given to anybody else.</param>
    /// <param name="others">Where all other places come from and go to.</param>
    public SumPlaces(double[] own, SumPlaces others)
        : this(others.Length)
    {
        (_own, _others) = (own, others);
        _free.Push(own);
    }

    /// <summary>Elements of each.</summary>
    public int Length { get; }

    /// <summary>A place that holds anything.</summary>
    public double[] Take() => _free.TryPop(out double[]? place) ? place : _others?.Take() ?? GC.AllocateUninitializedArray<double>(Length);

    /// <summary>Gives a place back.</summary>
    public void Return(double[] place)
    {
        if (_others is null || place == _own)
            _free.Push(place);
        else
            _others.Return(place);
    }
}
