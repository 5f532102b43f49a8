using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class ProbeQuadraturesTests
{
    private static readonly double[] Spectrum =
        [.. Enumerable.Range(0, 120).Select(i => i < 5 ? -0.01 * (i + 1) : i < 110 ? 1e-4 * i : 0.5 * (i - 109)).Order()];

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads_and_any_width_of_a_block()
    {
        using var one = new HostThreads(1);
        using var three = new HostThreads(3);
        RitzPairs pairs = Spectra.Pairs(Spectrum, 2, 3, 1e-5);
        string expected = Text(one, new(Probes: 7, Steps: 20));
        Assert.Equal(expected, Text(three, new(Probes: 7, Steps: 20)));
        Assert.Equal(expected, Text(three, new(Probes: 7, Steps: 20) { Width = 2 }));
        // Room for three probes at a time: 22 vectors of 120 numbers each.
        Assert.Equal(expected, Text(three, new(Probes: 7, Steps: 20) { MemoryBytes = 3 * 22 * 120 * 8 }));

        string Text(HostThreads threads, ProbeOptions options)
        {
            var probes = ProbeQuadratures.Of(
                new DiagonalMap(Spectrum), pairs, null, options, threads, cancellation: TestContext.Current.CancellationToken);
            return string.Join(
                '\n',
                LogDeterminantEstimate.Of(probes, 0.3).Value!.ToString(),
                EffectiveDimensionEstimate.Of(probes, 0.3).Value!.ToString(),
                InertiaBand.Of(probes, 1e-3).ToString(),
                string.Join(' ', SpectralDistribution.Of(probes, 30).Points.Select(point => $"{point.X:r} {point.Count.Interval.Low:r}")),
                string.Join(' ', probes.Probes.SelectMany(probe => probe.Weights).Select(weight => weight.ToString("r"))));
        }
    }

    [Fact]
    public void Products_are_taken_in_blocks_and_counted()
    {
        var map = new CountedMap(new DiagonalMap(Spectrum));
        var shares = new List<double>();
        var probes = ProbeQuadratures.Of(
            map, null, null, new(Probes: 7, Steps: 20) { Width = 3 }, SymmetricMatrices.Threads, new Listener<double>(shares.Add),
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(140, map.Products);
        Assert.Equal(140, probes.Products);
        Assert.Equal(1, shares[^1], 1e-15);
        Assert.Equal(shares.Order(), shares);
    }

    [Fact]
    public void A_probe_ends_as_soon_as_it_is_enough()
    {
        var options = new ProbeOptions(Probes: 5, Steps: 60) { Enough = quadrature => quadrature.Nodes.Length >= 9 };
        Assert.All(Spectra.Probe(Spectrum, options).Probes, probe => Assert.Equal(9, probe.Nodes.Length));
        Assert.Equal(45, Spectra.Probe(Spectrum, options).Products);
    }

    [Fact]
    public void Cancellation_leaves_what_is_known()
    {
        using var cancellation = new CancellationTokenSource();
        var found = new List<ProbeQuadratures>();
        var stopping = new Listener<double>(share =>
        {
            if (share > 0.6)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => ProbeQuadratures.Of(
            new DiagonalMap(Spectrum), null, null, new(Probes: 4, Steps: 40) { Width = 2 }, SymmetricMatrices.Threads, stopping,
            new Listener<ProbeQuadratures>(found.Add), cancellation.Token));
        // The first block of two, and both with the few steps of the second.
        Assert.Equal([2, 4], found.Select(probes => probes.Probes.Length));
        Assert.Equal(40, found[1].Probes[0].Nodes.Length);
        Assert.InRange(found[1].Probes[3].Nodes.Length, 8, 10);
        double exact = Spectrum.Sum(x => Math.Log(x + 30));
        Assert.True(LogDeterminantEstimate.Of(found[1], 30).Value!.Interval.Contains(exact));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(12)]
    public void A_negative_direction_that_few_steps_do_not_meet_is_not_passed_over(int steps)
    {
        // −1 among eigenvalues up to 100: A + ½ I is not positive definite, whether the steps meet it or not.
        double[] hidden = [-1, .. Enumerable.Range(0, 199).Select(i => i < 150 ? 0.1 : 2.0 * (i - 149))];
        ProbeQuadratures probes = Spectra.Probe(hidden, new(Probes: 2, Steps: steps));
        Assert.True(probes.Smallest > -0.5);
        Assert.InRange(probes.Lower.Value, double.NegativeInfinity, -1);
        LogDeterminantEstimate estimate = LogDeterminantEstimate.Of(probes, 0.5);
        Assert.Contains("may have been missed", estimate.Reason, StringComparison.Ordinal);
        Assert.Null(estimate.Value);
    }

    [Fact]
    public void The_ends_lie_outside_of_the_spectrum_and_come_near_to_it()
    {
        foreach (RitzPairs? pairs in new[] { null, Spectra.Pairs(Spectrum, 2, 3, 1e-4), Spectra.Pairs(Spectrum, 1, 1, 0.1) })
        {
            for (int steps = 1; steps <= 30; steps += 3)
            {
                ProbeQuadratures probes = Spectra.Probe(Spectrum, new(Probes: 4, Steps: steps), pairs);
                Assert.Equal(SpectrumEndBasis.Probable, probes.Lower.Basis);
                Assert.InRange(probes.Lower.Value, double.NegativeInfinity, Spectrum[0]);
                Assert.InRange(probes.Upper.Value, Spectrum[^1], double.PositiveInfinity);
            }
        }

        ProbeQuadratures many = Spectra.Probe(Spectrum, new(Probes: 4, Steps: 30));
        Assert.InRange(many.Lower.Value, Spectrum[0] - 1e-3, Spectrum[0]);
        Assert.InRange(many.Upper.Value, Spectrum[^1], Spectrum[^1] + 1e-9);
    }

    [Fact]
    public void An_end_misses_less_often_than_it_says_where_it_is_made_to_say_often()
    {
        // One eigenvalue at −1 below a bulk in [0, 1], three steps and one direction: at 5 % for 1e-6 the test inverts the same statement.
        double[] spectrum = [-1, .. Enumerable.Range(0, 299).Select(i => i / 298.0)];
        int missed = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            SpectralQuadrature probe = Spectra.Probe(spectrum, new(Probes: 2, Steps: 3, Seed: (ulong)seed)).Probes[0];
            if (probe.Nodes[0] > -1 && Math.Exp(-probe.LogInverseMass(-1)) * 2 * 300 / Math.PI < 0.05 * 0.05)
                missed++;
        }

        Assert.InRange(missed, 0, 300 * 0.05);
    }

    [Fact]
    public void What_is_not_possible_is_explained()
    {
        var map = new DiagonalMap(Spectrum);
        Assert.Contains(
            "take fewer steps or allow more memory",
            Assert.Throws<MatrixException>(() => Of(new(Probes: 4, Steps: 30) { MemoryBytes = 1000 }, null)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new(Probes: 1), null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new(Steps: 0), null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new() { LowerBound = double.NaN }, null));
        Assert.Contains(
            "take out at most as many as there are",
            Assert.Throws<ArgumentException>(() => ProbeQuadratures.Of(
                map, Spectra.Pairs(Spectrum, 60, 60, 0), Spectra.Zeros(new double[120]), new(), SymmetricMatrices.Threads)).Message,
            StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<MatrixException>(() => Spectra.Probe([1, double.NaN, 2], new())).Message, StringComparison.Ordinal);

        ProbeQuadratures Of(ProbeOptions options, RitzPairs? pairs) => ProbeQuadratures.Of(map, pairs, null, options, SymmetricMatrices.Threads);
    }

    private sealed class Listener<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
