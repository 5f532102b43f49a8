using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>What a search has found, in the units of the map and in words.</summary>
/// <param name="wanted">What was asked for.</param>
/// <param name="ends">How many of each end that are.</param>
/// <param name="space">The space.</param>
/// <param name="products">Products with a direction until now.</param>
/// <param name="restarts">Restarts until now.</param>
/// <param name="expectedRounding">What products with vectors of length 1 are expected to be wrong by, in the units of the space.</param>
internal sealed class RitzReport(EndsWanted wanted, Ends ends, KrylovSpace space, long products, int restarts, double expectedRounding)
{
    /// <summary>The pairs by their own products.</summary>
    /// <param name="ritz">All Ritz pairs that there were, of which those that are asked for were kept and measured.</param>
    /// <param name="kept">Those that were kept.</param>
    /// <param name="measured">What products of those that are asked for say.</param>
    /// <param name="stagnates">Whether their residuals no longer fall.</param>
    public RitzPairs Measured(RitzSpace ritz, RitzSpace kept, MeasuredRows measured, bool stagnates)
    {
        double scale = Math.Max(ritz.Scale, measured.Values.Max(Math.Abs)), rounding = Math.Max(expectedRounding, space.Asymmetry);
        // Residuals that do not fall are made of rounding, whatever the map says of it.
        if (stagnates)
            rounding = Math.Max(rounding, measured.Residuals.Max());
        var known = new List<RitzIntervals.Known>();
        for (int place = 0; place < measured.Rows.Length; place++)
            known.Add(new(measured.Values[place], measured.Residuals[place], place, measured.Leaks[place] <= rounding));
        known.AddRange(Enumerable.Range(0, ritz.Count).Except(ends.PlacesAmong(ritz.Count))
            .Select(place => new RitzIntervals.Known(ritz.Pairs.Eigenvalues[place], ritz.Residuals[place], -1, true)));
        double[] radii = RitzIntervals.Radii(known, measured.Rows.Length, measured.Products, Limits(ritz, scale, rounding));
        int[] ascending = [.. Enumerable.Range(0, radii.Length).OrderBy(place => measured.Values[place])];
        var choice = new Matrix(radii.Length, kept.Count);
        for (int i = 0; i < ascending.Length; i++)
            choice[i, measured.Rows[ascending[i]]] = 1;
        ImmutableArray<RitzPair> pairs =
            [.. ascending.Select(place => Pair(measured.Values[place], measured.Residuals[place], radii[place], wanted.Tolerance * scale))];
        string? missing = ritz.Count == space.Dimension ? null : MissingOf(pairs);
        return Of(pairs, choice, Why(pairs, scale, rounding, stagnates, measured.Leaks.Max()) ?? missing) with { Rest = Rest(kept, measured.Rows) };
    }

    private KrylovRest? Rest(RitzSpace kept, int[] asked)
    {
        int[] others = [.. Enumerable.Range(0, kept.Count).Except(asked)];
        double trace = CompensatedSum.Of(others.Length, i => kept.Pairs.Eigenvalues[others[i]]);
        return others.Length == 0 ? null : space.Rest(others, InUnits(trace));
    }

    /// <summary>The pairs as the recurrence knows them.</summary>
    public RitzPairs SoFar(RitzSpace ritz)
    {
        int[] places = [.. ends.PlacesAmong(ritz.Count)];
        double rounding = Math.Max(expectedRounding, space.Asymmetry);
        var known = Enumerable.Range(0, ritz.Count)
            .Select(k => new RitzIntervals.Known(ritz.Pairs.Eigenvalues[k], ritz.Residuals[k], Array.IndexOf(places, k), true)).ToList();
        var unknown = new double[places.Length, places.Length];
        double[] radii = RitzIntervals.Radii(known, places.Length, unknown, Limits(ritz, ritz.Scale, rounding));
        var combinations = new Matrix(places.Length, ritz.Count);
        for (int i = 0; i < places.Length; i++)
            ritz.Pairs.Vector(places[i]).CopyTo(combinations.Row(i));
        ImmutableArray<RitzPair> pairs =
            [.. places.Select((place, i) => Pair(ritz.Pairs.Eigenvalues[place], ritz.Residuals[place], radii[i], wanted.Tolerance * ritz.Scale))];
        return Of(pairs, combinations, string.Create(
            CultureInfo.InvariantCulture,
            $"{pairs.Count(pair => pair.IsConverged)} of {ends.Count} eigenpairs met the tolerance until here; residuals are those of the recurrence, "
            + $"without products of their own; let the search end for these."));
    }

    private RitzIntervals.Limits Limits(RitzSpace ritz, double scale, double rounding)
        => new(rounding, wanted.Tolerance * scale, wanted.Width, ritz.Count == space.Dimension);

    private RitzPairs Of(ImmutableArray<RitzPair> pairs, Matrix combinations, string? reason)
        => new(pairs, space.Vectors(combinations), ends.Lower, products, restarts, reason);

    private RitzPair Pair(double value, double residual, double radius, double goal)
    {
        double theta = InUnits(value);
        return double.IsFinite(theta)
            ? new(theta, InUnits(residual), Interval.Around(theta, InUnits(radius)), residual <= goal)
            : throw new MatrixException(string.Create(
                CultureInfo.InvariantCulture,
                $"An eigenvalue of the map is {value:g3} x 2^{space.Exponent}, beyond the largest double, 1.8e308: divide the map by its order first."));
    }

    private double InUnits(double scaled) => Math.ScaleB(scaled, space.Exponent);

    private string? Why(ImmutableArray<RitzPair> pairs, double scale, double rounding, bool stagnates, double leak)
    {
        int open = pairs.Count(pair => !pair.IsConverged);
        if (open == 0)
            return null;
        int below = pairs.Take(ends.Lower).Count(pair => !pair.IsConverged);
        double worst = pairs.Max(pair => pair.Residual), largest = InUnits(scale), goal = wanted.Tolerance * largest;
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{open} of {pairs.Length} eigenpairs ({below} at the lower end, {open - below} at the upper one) did not meet the tolerance of "
            + $"{wanted.Tolerance:g3} of the largest |θ|, which is a residual of {goal:g3}: the largest residual is {worst:g3} ");
        if (leak > rounding)
            return what + string.Create(
                CultureInfo.InvariantCulture,
                $"and {InUnits(leak):g3} of one lies in the subspace that was left out, which is not invariant; leave out what is.");
        bool isRounding = goal < InUnits(rounding) && worst <= InUnits(rounding);
        return what + (isRounding || stagnates || space.NextCount == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"and does not fall further, as the products' rounding allows for about {InUnits(rounding):g3}; "
                + $"ask for a larger tolerance, or take products in double.")
            : string.Create(CultureInfo.InvariantCulture, $"after {products} products; allow more products or more memory, or ask for fewer pairs."));
    }

    // A block meets an eigenvalue as often as it has directions. That zeros are more than were met is nothing that pairs are asked for.
    private string? MissingOf(ImmutableArray<RitzPair> pairs)
    {
        for (int first = 0, last = 0; first < pairs.Length; first = last + 1)
        {
            for (last = first; last + 1 < pairs.Length && pairs[last + 1].Interval.Low <= pairs[last].Interval.High; last++)
            {
            }

            int equal = last + 1 - first;
            if (equal > 1 && equal >= wanted.Width && !pairs[first..(last + 1)].Any(pair => pair.Interval.Contains(0)))
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{equal} eigenvalues around {pairs[first].Value:g6} cannot be told apart, and equal ones are met {wanted.Width} times at most: "
                    + $"more of them may be missing, and others stand in their places; the distribution counts them.");
        }

        return null;
    }
}
