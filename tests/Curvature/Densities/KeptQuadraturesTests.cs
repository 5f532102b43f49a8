using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Densities;

/// <summary>What is kept of recurrences against the recurrences themselves.</summary>
public class KeptQuadraturesTests
{
    private static readonly double[] Eigenvalues = [.. Enumerable.Range(0, 40).Select(i => 0.05 * i), 3, 7, 20];

    [Theory]
    [InlineData(3, 12)]
    // As many steps as dimensions end every recurrence in an invariant space.
    [InlineData(2, 43)]
    public void They_give_the_same_bits(int probes, int steps)
    {
        Matrix matrix = SymmetricMatrices.Diagonal(Eigenvalues);
        RitzPairs pairs = KnownPairs.Of(matrix, 0, 2);
        var taken = ProbeQuadratures.Of(
            new MatrixMap(matrix), pairs, without: null, new(probes, steps), SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        var kept = ProbeQuadratures.Kept(
            taken.Order, taken.UnitRoundoff, taken.Deflated, taken.Zeros, [.. taken.Probes.Select(Again)], SymmetricMatrices.Threads);
        Assert.Equal(taken.Probes.SelectMany(probe => probe.Nodes), kept.Probes.SelectMany(probe => probe.Nodes));
        Assert.Equal(taken.Probes.SelectMany(probe => probe.Weights), kept.Probes.SelectMany(probe => probe.Weights));
        Assert.Equal(taken.Probes.Select(probe => probe.IsExact), kept.Probes.Select(probe => probe.IsExact));
        Assert.Equal((taken.Lower, taken.Upper, taken.Rounding, taken.Scale), (kept.Lower, kept.Upper, kept.Rounding, kept.Scale));
        Assert.Equal(LogDeterminantEstimate.Of(taken, 0.5).Value, LogDeterminantEstimate.Of(kept, 0.5).Value);
        Assert.Equal(EffectiveDimensionEstimate.Of(taken, 0.5).Value, EffectiveDimensionEstimate.Of(kept, 0.5).Value);
        Assert.Equal(InertiaBand.Of(taken, 1e-3), InertiaBand.Of(kept, 1e-3));
    }

    [Fact]
    public void What_is_no_recurrence_is_refused()
    {
        Assert.Throws<MatrixException>(() => SpectralQuadrature.OfRecurrence([], [], SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => SpectralQuadrature.OfRecurrence([1, 2], [1], SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => SpectralQuadrature.OfRecurrence([1, double.NaN], [1, 0], SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => SpectralQuadrature.OfRecurrence([1, 2], [-1, 0], SymmetricMatrices.Threads));
        ImmutableArray<SpectralQuadrature> one = [SpectralQuadrature.OfRecurrence([1.0], [0.5], SymmetricMatrices.Threads)];
        Assert.Throws<MatrixException>(() => ProbeQuadratures.Kept(5, 1e-16, [], zeros: 6, one, SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => ProbeQuadratures.Kept(5, 1e-16, [], zeros: 5, one, SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => ProbeQuadratures.Kept(5, 1e-16, [], zeros: 0, [], SymmetricMatrices.Threads));
        Assert.Throws<MatrixException>(() => ProbeQuadratures.Kept(5, 0, [], zeros: 0, one, SymmetricMatrices.Threads));
    }

    private static SpectralQuadrature Again(SpectralQuadrature probe)
        => SpectralQuadrature.OfRecurrence(probe.Alphas.AsSpan(), probe.Betas.AsSpan(), SymmetricMatrices.Threads);
}
