using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class FunctionTraceTests
{
    // Widths as they were found for another matrix of the same description with other code.
    [Theory]
    [InlineData(4, 3, 2e-6)]
    [InlineData(4, 5, 4e-9)]
    [InlineData(4, 8, 3e-13)]
    [InlineData(0.2, 5, 1e-3)]
    [InlineData(0.2, 8, 1e-4)]
    [InlineData(0.2, 12, 3e-6)]
    [InlineData(0.135, 8, 1e-3)]
    [InlineData(0.135, 12, 2e-4)]
    public void The_brackets_have_the_widths_that_are_known_and_hold(double shift, int steps, double width)
        => AssertBrackets(SpectralFunction.Logarithm(shift), steps, 10 * width, rounding: 1e-15);

    [Fact]
    public void Twenty_steps_leave_nothing_open_even_next_to_the_end_of_the_spectrum()
    {
        AssertBrackets(SpectralFunction.Logarithm(0.2), 20, 1e-13, rounding: 1e-15);
        AssertBrackets(SpectralFunction.Logarithm(0.135), 20, 1e-8, rounding: 1e-15);
    }

    [Fact]
    public void Functions_with_other_signs_are_bracketed_as_well()
    {
        AssertBrackets(SpectralFunction.Effective(0.2), 12, 1e-3, 1e-15);
        AssertBrackets(SpectralFunction.Inverse(0.2), 12, 1e-2, 1e-15);
        AssertBrackets(SpectralFunction.Exponential(3), 12, 1e-6, 1e-15);
        AssertBrackets(SpectralFunction.Exponential(-0.5), 8, 1e-4, 1e-15);
        AssertBrackets(SpectralFunction.Exponential(3), 2, 1, 1e-15);
    }

    [Theory]
    [InlineData("1 1 1 2", 1.0)]
    [InlineData("2 2 2 2 2", 1.0)]
    [InlineData("1e-6 2e-6", 1e-7)]
    [InlineData("0 0 0", 0.5)]
    [InlineData("3", 2.0)]
    [InlineData("-0.5", 2.0)]
    [InlineData("-1 4", 1.5)]
    public void A_small_matrix_is_known_exactly(string elements, double shift)
    {
        double[] spectrum = [.. elements.Split(' ').Select(x => double.Parse(x, System.Globalization.CultureInfo.InvariantCulture))];
        ProbeQuadratures probes = Spectra.Probe(spectrum, new(Probes: 10, Steps: 10));
        Assert.True(probes.IsComplete);
        SampledNumber log = LogDeterminantEstimate.Of(probes, shift).Value!, effective = EffectiveDimensionEstimate.Of(probes, shift).Value!;
        Assert.Equal(spectrum.Sum(x => Math.Log(x + shift)), log.Value, 1e-13);
        Assert.Equal(spectrum.Sum(x => x / (x + shift)), effective.Value, 1e-13);
        Assert.Equal(0, log.StandardError);
        Assert.InRange(log.Interval.Width, 0, 1e-12);
        AssertWithin(spectrum.Sum(x => Math.Log(x + shift)), log.Interval, 1e-14);
    }

    [Fact]
    public void A_matrix_of_two_rows_with_eigenvalues_of_both_signs_has_its_determinant()
    {
        // [[1, 5], [5, −1]]: eigenvalues ±√26, det(A + 6I) = 36 − 26 = 10.
        var map = new MatrixMap(new Matrix(2, 2, [1, 5, 5, -1]));
        var probes = ProbeQuadratures.Of(map, null, null, new(), SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Math.Log(10), LogDeterminantEstimate.Of(probes, 6).Value!.Value, 1e-13);
        Assert.Contains("is defined above -5", LogDeterminantEstimate.Of(probes, 5).Reason, StringComparison.Ordinal);
        Assert.Equal(new CountRange(1, 1), InertiaBand.Of(probes, 1e-9).Negative);
        Assert.Equal(new CountRange(1, 1), InertiaBand.Of(probes, 1e-9).Positive);
    }

    [Fact]
    public void Two_of_the_identity_has_no_variance_with_fewer_probes_than_dimensions()
    {
        ProbeQuadratures probes = Spectra.Probe([2, 2, 2, 2, 2], new(Probes: 3, Steps: 5));
        SampledNumber log = LogDeterminantEstimate.Of(probes, 1).Value!;
        Assert.Equal(5 * Math.Log(3), log.Value, 1e-13);
        Assert.InRange(log.Interval.Width, 0, 1e-12);
        AssertWithin(5 * Math.Log(3), log.Interval, 1e-14);
    }

    [Fact]
    public void What_is_taken_out_counts_exactly_however_rough_the_vectors_are()
    {
        double[] spectrum = Spectra.LikeAHessian;
        double exact = spectrum.Sum(x => Math.Log(x + 0.2));
        foreach (double angle in new[] { 0, 1e-6, 1e-3, 0.03 })
        {
            RitzPairs pairs = Spectra.Pairs(spectrum, 10, 11, angle);
            LogDeterminantEstimate estimate = LogDeterminantEstimate.Of(
                Spectra.Probe(spectrum, new(Probes: 8, Steps: 25), pairs, Spectra.Zeros(spectrum)), 0.2);
            SampledNumber value = estimate.Value!;
            AssertWithin(exact, value.Interval, 0);
            // The known zeros add nothing to log(1 + λ/c).
            Assert.Equal(0, estimate.Trace.Exact);
            Assert.Equal(
                estimate.Constant + estimate.Trace.Deflated.Middle + estimate.Trace.Sampled!.Value, value.Value, 1e-9 * Math.Abs(value.Value));
            // Each vector's own measure, from all of its components.
            double deflated = Enumerable.Range(0, pairs.Pairs.Length)
                .Sum(k => pairs.Vectors.Row(k).ToArray().Select((x, i) => x * x * Math.Log(1 + (spectrum[i] / 0.2))).Sum());
            AssertWithin(deflated, estimate.Trace.Deflated, 1e-12);
        }
    }

    [Fact]
    public void Deflation_and_the_trace_take_most_of_the_chance_away()
    {
        double[] spectrum = Spectra.LikeAHessian;
        double exact = spectrum.Sum(x => Math.Log(x + 0.2));
        var trace = new Interval(spectrum.Sum(), spectrum.Sum());
        ProbeQuadratures plain = Spectra.Probe(spectrum, new(Probes: 8, Steps: 25));
        ProbeQuadratures deflated = Spectra.Probe(spectrum, new(Probes: 8, Steps: 25), Spectra.Pairs(spectrum, 10, 11, 1e-6));
        Interval none = LogDeterminantEstimate.Of(plain, 0.2).Value!.Interval, taken = LogDeterminantEstimate.Of(deflated, 0.2).Value!.Interval;
        Interval both = LogDeterminantEstimate.Of(deflated, 0.2, trace).Value!.Interval;
        Assert.All([none, taken, both], interval => AssertWithin(exact, interval, 0));
        Assert.InRange(taken.Width, 0, 0.3 * none.Width);
        Assert.InRange(both.Width, 0, 0.5 * taken.Width);
        // A trace that is known badly helps less, and its own uncertainty is in the interval.
        Interval rough = LogDeterminantEstimate.Of(deflated, 0.2, Interval.Around(trace.Middle + 0.4, 0.5)).Value!.Interval;
        AssertWithin(exact, rough, 0);
        Assert.InRange(rough.Width, 2 * both.Width, 100 * both.Width);
    }

    [Fact]
    public void What_is_not_possible_is_explained()
    {
        double[] spectrum = Spectra.LikeAHessian;
        ProbeQuadratures probes = Spectra.Probe(spectrum, new(Probes: 4, Steps: 30));
        Assert.Contains("The probes met -0.13 in the spectrum", LogDeterminantEstimate.Of(probes, 0.1).Reason, StringComparison.Ordinal);
        Assert.Null(LogDeterminantEstimate.Of(probes, 0.1).Value);
        ProbeQuadratures few = Spectra.Probe(spectrum, new(Probes: 4, Steps: 3));
        Assert.Contains("may have been missed", EffectiveDimensionEstimate.Of(few, 0.2).Reason, StringComparison.Ordinal);
        ProbeQuadratures wrong = Spectra.Probe(spectrum, new(Probes: 4, Steps: 30) { LowerBound = 0 });
        Assert.Contains(
            "below the 0 that no eigenvalue was said to lie below", LogDeterminantEstimate.Of(wrong, 4).Reason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LogDeterminantEstimate.Of(probes, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveDimensionEstimate.Of(probes, double.NaN));
    }

    private static void AssertBrackets(SpectralFunction function, int steps, double width, double rounding)
    {
        double[] spectrum = Spectra.LikeAHessian;
        var starts = new Matrix(5, spectrum.Length);
        for (int row = 0; row < starts.Rows; row++)
            NormalVectors.Fill(1, (ulong)row, starts.Row(row));
        var quadratures = SpectralQuadrature.Of(
            new DiagonalMap(spectrum), starts, steps, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        for (int row = 0; row < starts.Rows; row++)
        {
            double[] start = starts.Row(row).ToArray();
            double exact = start.Select((x, i) => x * x * function.Value(spectrum[i])).Sum() / start.Sum(x => x * x);
            Interval bracket = quadratures[row].Bracket(
                function, new(spectrum[0], spectrum[^1]), rounding, SymmetricMatrices.Threads, TestContext.Current.CancellationToken).Bracket;
            // The oracle's own sum is rounded.
            AssertWithin(exact, bracket, 1e-14);
            Assert.InRange(bracket.Width, 0, width);
        }
    }

    private static void AssertWithin(double exact, Interval interval, double rounding)
        => Assert.InRange(exact, interval.Low - rounding, interval.High + rounding);
}
