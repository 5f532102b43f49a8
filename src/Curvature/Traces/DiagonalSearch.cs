using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// As many probes as a tolerance needs, as for a trace. A small diagonal is taken element by element, by products with the unit vectors.
/// </summary>
internal sealed class DiagonalSearch(ILinearMap map, TraceOptions options, ImmutableArray<(int Offset, int Length)> groups, HostThreads threads)
{
    private const int FewestProbes = 3;

    private const int FirstProbes = 6;

    // Values that share their other probes are correlated, and their spread is too small by 6 to 23 %.
    private const double Correction = 1.3;

    // Sums share more between their probes than entries do: errors of up to 1.65 · 1.3 times the spread were measured.
    private const double CorrectionOfSums = 2;

    // Entries that are computed at once.
    private const int StretchLength = 1024;

    public DiagonalEstimate Run(IDiagonalSketch sketch, RitzPairs? deflated, IProgress<double>? progress, CancellationToken cancellation)
    {
        DiagonalEstimate? last = null;
        if (deflated is { Vectors.Rows: > 0 } && deflated.Vectors.Rows + (FewestProbes * sketch.ProductsPerProbe) <= options.MaxProducts)
            sketch.Give(deflated.Vectors, cancellation);
        while (true)
        {
            int planned = Math.Max(FirstProbes, sketch.Probes / 2);
            long left = options.MaxProducts - sketch.Products, cost = sketch.ProductsPerProbe * planned;
            if (map.Order <= left && (map.Order <= cost || 2 * left <= 5 * cost))
                return ByUnitVectors(sketch.Products, progress, cancellation);
            int next = (int)Math.Min(planned, Math.Min(left / sketch.ProductsPerProbe, MostProbes(sketch) - sketch.Probes));
            if (next <= 0)
                return Done(last ?? Without(sketch, TooFew(sketch)), progress);
            Grow(sketch, sketch.Probes + next, progress, cancellation);
            if (sketch.Probes < FewestProbes && sketch.Unseen is null)
                continue;
            last = Sampled(sketch, cancellation);
            if (last.Reason is null || last.Values.IsEmpty)
                return Done(last, progress);
        }
    }

    private int MostProbes(IDiagonalSketch sketch)
    {
        int most = options.MostVectors(map.Order) / sketch.VectorsPerProbe;
        // Signs that were given to more probes than there are dimensions tell nothing new.
        return Math.Min(most, map.Order - 1);
    }

    private void Grow(IDiagonalSketch sketch, int target, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (sketch.Probes < target && sketch.Unseen is null)
        {
            int count = Math.Min(ProbeSketch.BlockRows, target - sketch.Probes);
            sketch.Grow(RandomProbes.Signs(map.Order, options.Seed, sketch.Probes, count, threads), cancellation);
            progress?.Report((double)sketch.Products / options.MaxProducts);
        }
    }

    private DiagonalEstimate ByUnitVectors(long products, IProgress<double>? progress, CancellationToken cancellation)
    {
        int order = map.Order;
        double[] diagonal = new double[order];
        double longest = 0;
        for (int first = 0; first < order; first += ProbeSketch.BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ProbeSketch.BlockRows, order - first);
            Matrix units = new(count, order), images = new(count, order);
            for (int row = 0; row < count; row++)
                units[row, first + row] = 1;
            map.Multiply(units, images, cancellation);
            products += count;
            for (int row = 0; row < count; row++)
            {
                diagonal[first + row] = images[row, first + row];
                longest = Math.Max(longest, EuclideanNorm.Of(images.Row(row)));
            }

            progress?.Report((double)products / options.MaxProducts);
        }

        if (!double.IsFinite(longest))
            throw new MatrixException("A product with a direction is not finite; give a matrix with finite elements.");
        return Done(Exact(diagonal, map.UnitRoundoff * longest, 0, products), progress);
    }

    private DiagonalEstimate Exact(double[] diagonal, double rounding, int probes, long products)
        => new(
            [.. diagonal],
            [.. new double[diagonal.Length]],
            rounding,
            [.. groups.Select(group => Exact(diagonal.AsSpan(group.Offset, group.Length), rounding))],
            probes,
            products,
            null)
        {
            IsExact = true,
        };

    private static SumOfEntries Exact(ReadOnlySpan<double> entries, double rounding)
    {
        double sum = CompensatedSum.Of(entries);
        return new(sum, 0, Interval.Around(sum, entries.Length * rounding));
    }

    private DiagonalEstimate Sampled(IDiagonalSketch sketch, CancellationToken cancellation)
    {
        if (sketch.Values(cancellation) is not { } values)
            return Without(sketch, "The random probes met eigenvalues below 0, so that an estimate for positive semidefinite matrices says nothing; "
                + "use the one for any matrix.");
        double rounding = 4 * map.UnitRoundoff * sketch.Norm;
        double[] means = new double[map.Order], errors = new double[map.Order];
        var sums = new Matrix(groups.Length, sketch.Unseen is null ? sketch.Probes : 1);
        for (int first = 0; first < map.Order; first += StretchLength)
        {
            cancellation.ThrowIfCancellationRequested();
            Matrix stretch = values(first, Math.Min(StretchLength, map.Order - first)).Transpose();
            for (int j = 0; j < stretch.Rows; j++)
                (means[first + j], errors[first + j]) = Summary(stretch.Row(j), Correction);
            for (int group = 0; group < groups.Length; group++)
                AddTo(sums.Row(group), stretch, groups[group].Offset - first, groups[group].Length);
        }

        return sketch.Unseen is { } unseen
            ? Exact(means, rounding + unseen, sketch.Probes, sketch.Products)
            : WithErrors(sketch, means, errors, sums, rounding);
    }

    private DiagonalEstimate WithErrors(IDiagonalSketch sketch, double[] means, double[] errors, Matrix sums, double rounding)
    {
        double size = EuclideanNorm.Of(means), error = EuclideanNorm.Of(errors);
        string? reason = error <= options.RelativeTolerance * size ? null : FormattableString.Invariant(
            $"After {sketch.Products} products the entries are off by {error:g3} together, more than {options.RelativeTolerance:g3} of their norm {size:g3}; ")
            + "allow more products or memory.";
        return new(
            [.. means],
            [.. errors],
            rounding,
            [.. Enumerable.Range(0, groups.Length).Select(group => SumOf(sums.Row(group), groups[group].Length * rounding))],
            sketch.Probes,
            sketch.Products,
            reason);
    }

    private static SumOfEntries SumOf(ReadOnlySpan<double> values, double rounding)
    {
        (double mean, double error) = Summary(values, CorrectionOfSums);
        return new(mean, error, Interval.Around(mean, (SampledNumber.Quantile(values.Length - 1) * error) + rounding));
    }

    // Adds the entries offset … offset + length − 1 of a stretch, as far as it has them, to the sum of each probe.
    private static void AddTo(Span<double> sums, Matrix stretch, int offset, int length)
    {
        for (int j = Math.Max(0, offset); j < Math.Min(stretch.Rows, offset + length); j++)
            Vectors.Add(sums, stretch.Row(j));
    }

    private static (double Mean, double Error) Summary(ReadOnlySpan<double> values, double correction)
    {
        double sum = 0, squares = 0;
        foreach (double value in values)
            sum += value / values.Length;
        foreach (double value in values)
            squares += (value - sum) * (value - sum);
        return (sum, values.Length < 2 ? 0 : correction * Math.Sqrt(squares / values.Length / (values.Length - 1.0)));
    }

    private string TooFew(IDiagonalSketch sketch) => FormattableString.Invariant(
        $"A diagonal of order {map.Order} needs at least {sketch.ProductsPerProbe * FewestProbes} products and memory for their vectors; allow more.");

    private static DiagonalEstimate Without(IDiagonalSketch sketch, string reason) => new([], [], 0, [], sketch.Probes, sketch.Products, reason);

    private static DiagonalEstimate Done(DiagonalEstimate estimate, IProgress<double>? progress)
    {
        progress?.Report(1);
        return estimate;
    }
}
