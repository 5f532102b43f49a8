using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>One search of <see cref="BlockLanczos"/>.</summary>
internal sealed class EndSearch
{
    /// <summary>Estimates meet a goal by this factor before products are taken to confirm them.</summary>
    private const double Margin = 0.7;

    /// <summary>Residuals of own products that did not fall by this factor since the last time are as small as the products allow.</summary>
    private const double Stagnant = 0.5;

    private readonly EndsWanted _wanted;
    private readonly Ends _ends;
    private readonly CountedMap _map;
    private readonly KrylovSpace _space;
    private readonly SpaceSizes _sizes;
    private readonly SearchProgress _progress;
    private readonly IProgress<RitzPairs>? _found;
    private readonly long _budget;
    private int _restarts, _convergedBefore;
    private double _goalFactor = Margin, _worstBefore = double.PositiveInfinity, _rounding;

    public EndSearch(
        ILinearMap map, EndsWanted wanted, Ends ends, ISubspace? without, HostThreads threads, IProgress<double>? progress, IProgress<RitzPairs>? found)
    {
        (_wanted, _ends, _found, _map) = (wanted, ends, found, new CountedMap(map));
        _sizes = SpaceSizes.Of(wanted, ends, map.Order, map.Order - (without?.Dimension ?? 0));
        _space = new(_map, without, _sizes.Width, _sizes.Most, wanted.Seed, threads);
        _progress = new(progress);
        _budget = wanted.MaxProducts ?? wanted.UsualProducts;
    }

    public RitzPairs Run(CancellationToken cancellation)
    {
        while (true)
        {
            // Random directions whose products are random again say that there is nothing else to hear of.
            bool wasFresh = _space.NextIsFresh;
            _space.Grow(cancellation);
            RitzSpace ritz = _space.Solve(cancellation);
            _rounding = Math.Max(_rounding, Rounding(ritz));
            if (Finished(ritz, wasFresh || !_space.NextIsFresh, cancellation) is { } result)
                return result;
        }
    }

    // The result, if this step has brought it; else the space is ready for the next one.
    private RitzPairs? Finished(RitzSpace ritz, bool settled, CancellationToken cancellation)
    {
        if (ritz.Count < _ends.Count)
            return null;
        double goal = Goal(ritz.Scale);
        double[] residuals = [.. _ends.PlacesAmong(ritz.Count).Select(place => ritz.Residuals[place])];
        _progress.Report(residuals, _goalFactor * goal, ritz.Scale, (double)_map.Products / _budget);
        bool isLast = _space.NextCount == 0 || _map.Products + _space.NextCount + _ends.Count > _budget;
        if (isLast || (settled && residuals.Max() <= _goalFactor * goal))
            return Confirmed(ritz, isLast, cancellation);
        Tell(ritz, residuals.Count(residual => residual <= goal));
        if (_space.IsFull)
            Restart(ritz);
        return null;
    }

    // Own products decide. Null if they ask for more.
    private RitzPairs? Confirmed(RitzSpace ritz, bool isLast, CancellationToken cancellation)
    {
        RitzSpace kept = Keep(ritz);
        MeasuredRows measured = _space.Measure([.. _ends.PlacesAmong(kept.Count)], cancellation);
        double goal = Goal(kept.Scale), worst = measured.Residuals.Max();
        bool stagnates = worst > Stagnant * _worstBefore;
        if (worst <= goal || isLast || stagnates)
        {
            _progress.Done();
            return new RitzReport(_wanted, _ends, _space, _map.Products, _restarts, _rounding).Measured(ritz, kept, measured, stagnates && worst > goal);
        }

        // What the recurrence believed was too small by this; it may have to believe in less.
        (_worstBefore, _goalFactor) = (worst, Math.Min(_goalFactor, Margin * goal / worst));
        _restarts++;
        return null;
    }

    private void Restart(RitzSpace ritz)
    {
        Keep(ritz);
        _restarts++;
    }

    private RitzSpace Keep(RitzSpace ritz)
    {
        double goal = Goal(ritz.Scale);
        (int lower, int upper) = _sizes.Kept(
            ritz.Count,
            Enumerable.Range(0, _ends.Lower).Count(place => ritz.Residuals[place] > goal),
            Enumerable.Range(ritz.Count - _ends.Upper, _ends.Upper).Count(place => ritz.Residuals[place] > goal));
        RitzSpace kept = ritz.Ends(lower, upper);
        _space.Keep(kept.Pairs.Eigenvalues.AsSpan(), kept.Pairs.Vectors);
        return kept;
    }

    private void Tell(RitzSpace ritz, int converged)
    {
        bool isNews = converged > _convergedBefore || _space.IsFull;
        _convergedBefore = Math.Max(converged, _convergedBefore);
        if (isNews && _found is not null)
            _found.Report(new RitzReport(_wanted, _ends, _space, _map.Products, _restarts, _rounding).SoFar(ritz));
    }

    private double Goal(double scale) => Math.Max(_wanted.Tolerance * scale, _rounding);

    // What products with vectors of length 1 may be wrong by. Each element of A that is right to ε makes them wrong by up to ε‖A‖_F, and sums that are right to
    // ε of their vectors' lengths by about ε‖A‖: twice both is allowed for. Sums of n terms in double, here, are right to about √n 2⁻⁵² of what is summed.
    private double Rounding(RitzSpace ritz)
        => (2 * _map.UnitRoundoff * (ritz.Scale + ritz.FrobeniusNorm)) + (Math.Sqrt(_map.Order) * Spectrum.DoubleRoundoff * ritz.Scale);
}
