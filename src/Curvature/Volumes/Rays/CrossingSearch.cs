namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// The search for the radius m at which f(m) = L(θ* + m v) − L(θ*) − ΔT becomes positive, one evaluation at a time, so that many rays can be evaluated
/// together.
/// </summary>
/// <remarks>
/// A loss is nearly quadratic along a ray, so f is nearly linear in m². Until both ends low and high, f(low) ≤ 0 &lt; f(high), enclose a crossing, the parabola
/// through the weights and the end that there is reaches the threshold at m √(ΔT/(f + ΔT)): the search evaluates a quarter of the tolerance beyond, and no
/// further than twice or half the end. Then the straight line in m² through both ends crosses zero at
///     m̂² = (m_high² (−f_low) + m_low² f_high)/(f_high − f_low).
/// There, a quarter of the tolerance beside m̂ on the side of the end that is further away, is the next evaluation, twice, then in the middle, and so on:
/// on a quadratic the first suffices, and the third halves the interval whatever the loss is. At the end m̂ is the crossing.
/// Last come the interior evaluations. Whatever lies below an earlier one by more than the rounding of the loss makes the ray non-monotone.
/// </remarks>
internal struct CrossingSearch
{
    private readonly RaySampling _sampling;
    private readonly double _excess;
    private readonly double _noise;
    private double _low;
    private double _lowValue;
    private double _high;
    private double _highValue;
    private double _crossing;
    private double _lastLook;
    private int _refinements;
    private int _interior;
    private bool _crossed;

    /// <summary>A search that has evaluated the loss at the weights alone.</summary>
    /// <param name="excess">ΔT &gt; 0.</param>
    /// <param name="noise">What two losses may differ by from rounding.</param>
    /// <param name="sampling">Tolerance, limit and interior evaluations.</param>
    /// <param name="firstRadius">Where to evaluate first.</param>
    public CrossingSearch(double excess, double noise, RaySampling sampling, double firstRadius)
    {
        _sampling = sampling;
        _excess = excess;
        _noise = noise;
        _lowValue = _lastLook = -excess;
        _high = _highValue = double.PositiveInfinity;
        Radius = Math.Min(firstRadius, sampling.RadiusLimit);
        Monotone = true;
    }

    /// <summary>Where to evaluate next; the result once the search is done.</summary>
    public double Radius { get; private set; }

    /// <summary>How the search ended; null while it goes on.</summary>
    public RayOutcome? Outcome { get; private set; }

    // How far beside an expected crossing the search evaluates, so that it comes to lie between two evaluations.
    private readonly double Offset => _sampling.Tolerance / 4;

    /// <summary>Whether no evaluation found a fall.</summary>
    public bool Monotone { get; private set; }

    /// <summary>Takes what was found at <see cref="Radius"/>.</summary>
    /// <param name="rise">L(θ* + m v) − L(θ*).</param>
    /// <exception cref="InvalidOperationException">
    /// The loss does not come back to L(θ*) as m goes to 0: it is not the same function from one evaluation to the next.
    /// </exception>
    public void Accept(double rise)
    {
        double value = rise - _excess;
        if (double.IsNaN(value))
            Outcome = RayOutcome.NotANumber;
        else if (_crossed)
            LookInside(value);
        else
            Narrow(value);
    }

    private void Narrow(double value)
    {
        Monotone &= value >= _lowValue - _noise && value <= _highValue + _noise;
        if (value <= 0)
            (_low, _lowValue) = (Radius, value);
        else
            (_high, _highValue) = (Radius, value);
        if (double.IsPositiveInfinity(_high))
            Rise();
        else if (_low == 0)
            Fall();
        else
            Refine();
    }

    private void Rise()
    {
        if (_low >= _sampling.RadiusLimit)
        {
            Outcome = RayOutcome.NeverReached;
            return;
        }

        double beyond = OnParabola(_low, _lowValue) * (1 + Offset);
        Radius = Math.Min(beyond > _low && beyond < 2 * _low ? beyond : 2 * _low, _sampling.RadiusLimit);
    }

    private void Fall()
    {
        double before = OnParabola(_high, _highValue) * (1 - Offset);
        Radius = before < _high && before > _high / 2 ? before : _high / 2;
        if (Radius == 0)
            throw new InvalidOperationException(
                "The loss is above the threshold at every distance from the weights, but not at the weights: it must give the same bits for the same weights.");
    }

    // Where the parabola from the weights through one evaluation reaches the threshold; a NaN if it falls.
    private readonly double OnParabola(double radius, double value) => radius * Math.Sqrt(_excess / (value + _excess));

    private void Refine()
    {
        double middle = _low + ((_high - _low) / 2);
        if (_high - _low <= _sampling.Tolerance * _high || middle <= _low || middle >= _high)
        {
            _crossing = Interpolated(fallback: _low);
            _crossed = true;
            NextEvaluation();
            return;
        }

        // The end that is further from the expected crossing is moved to its side of it; every third evaluation halves the interval.
        double crossing = Interpolated(middle);
        double radius = ++_refinements % 3 == 0 ? middle : crossing * (crossing - _low > _high - crossing ? 1 - Offset : 1 + Offset);
        Radius = radius > _low && radius < _high ? radius : middle;
    }

    private readonly double Interpolated(double fallback)
    {
        // Relative to the upper end, so that no square overflows.
        double ratio = _low / _high;
        double square = ((ratio * ratio * _highValue) - _lowValue) / (_highValue - _lowValue);
        return double.IsFinite(square) ? Math.Clamp(_high * Math.Sqrt(square), _low, _high) : fallback;
    }

    private void LookInside(double value)
    {
        Monotone &= value >= _lastLook - _noise && value <= _noise;
        _lastLook = value;
        NextEvaluation();
    }

    private void NextEvaluation()
    {
        if (_interior == _sampling.InteriorEvaluations)
        {
            Radius = _crossing;
            Outcome = RayOutcome.Reached;
            return;
        }

        _interior++;
        Radius = _crossing * _interior / (_sampling.InteriorEvaluations + 1);
    }
}
