using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Traces;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests;

/// <summary>What results say of themselves where somebody prints one.</summary>
public class SaidTests
{
    private static readonly Spectrum Three = new([4, -1, 0], Spectrum.DoubleRoundoff);

    [Theory]
    [InlineData(1, 2, "1 … 2")]
    [InlineData(1.5739637, 1.5739638, "1.5739637 … 1.5739638")]
    [InlineData(1.5, 1.5, "1.5 … 1.5")]
    [InlineData(double.NegativeInfinity, 3, "-Infinity … 3")]
    public void The_ends_of_an_interval_are_told_apart(double low, double high, string said) => Assert.Equal(said, new Interval(low, high).ToString());

    [Fact]
    public void Matrices_and_spectra()
    {
        Assert.Equal("2 x 3 matrix", new Matrix(2, 3).ToString());
        Assert.Equal("1 positive, 1 zero, 1 negative", Three.Inertia.ToString());
        Assert.Equal("3 eigenvalues, -1 … 4: 1 positive, 1 zero, 1 negative", Three.ToString());
        Assert.Equal("log |determinant| 1.791759469, sign -1", LogDeterminant.Of(new([2, -3], Spectrum.DoubleRoundoff)).ToString());
        Assert.Equal(
            "determinant 0; log |product| of the 2 eigenvalues that are not zero 1.386294361", LogDeterminant.Of(Three).ToString());
        Assert.Equal("2 eigenvalues, 1 of them with vectors: 3 … 3", new Eigenpairs([1, 3], 1, new Matrix(1, 2, [0, 1])).ToString());
        Assert.Equal("2 eigenvalues without vectors", new Eigenpairs([1, 3], 0, new Matrix(0, 2)).ToString());
    }

    [Fact]
    public void What_products_told()
    {
        var found = new RitzPair(2.5, 0.1, new(2.4, 2.625), IsConverged: true);
        Assert.Equal("2.5 ± 0.12", found.ToString());
        Assert.Equal("2.5 ± 0.12 (not converged)", (found with { IsConverged = false }).ToString());
        Assert.Equal("2.5 ± 0.12; 2.5 ± 0.12. Why.", new RitzPairs([found, found], new Matrix(2, 3), 0, 8, 0, "Why.").ToString());
        Assert.Equal("1.5, in 1 … 2 with 95 %", new SampledNumber(1.5, new(1.4, 1.6), 0.1, new(1, 2), 10).ToString());
        Assert.Equal("3, in 2 … 4 with 95 %", new TraceEstimate(3, 0.5, new(2, 4), 0, IsExact: false, 4, 8, null).ToString());
        Assert.Equal("Why.", new TraceEstimate(null, null, null, 0, IsExact: false, 4, 8, "Why.").ToString());
    }

    [Fact]
    public void All_that_products_told_names_what_is_missing()
    {
        using var threads = new HostThreads(1);
        var map = new MatrixMap(new Matrix(2, 2, [2, 0, 0, 3]));
        MatrixFreeCurvature found = MatrixFreeCurvature.Of(map, new() { Largest = 1, Smallest = 0, Shifts = [1], Alphas = [1] }, threads);
        string said = found.ToString();
        Assert.StartsWith("order 2, ", said, StringComparison.Ordinal);
        Assert.Contains("; eigenvalues 3 ± ", said, StringComparison.Ordinal);
        Assert.Contains("; trace 5, in ", said, StringComparison.Ordinal);
        Assert.Equal("2 positive, 0 zero, 0 negative", found.Inertia!.ToString());
        Assert.StartsWith("log det(A + 1 I) 2.48491, in ", found.LogDeterminants[0].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("effective dimension at 1 1.41667, in ", found.EffectiveDimensions[0].ToString(), StringComparison.Ordinal);
    }

    // log(π/2): an ellipse with half-axes 1 and ½.
    [Fact]
    public void A_volume_says_its_value_or_the_reason_for_none()
    {
        QuadraticModel round = QuadraticModel.AtMinimum(0, new([1, 4], Spectrum.DoubleRoundoff));
        Assert.Equal("quadratic: log value 0.4516 nats", QuadraticVolume.AroundMinimum(round, BasinThreshold.Excess(0.5), shift: 0).ToString());
        QuadraticModel saddle = QuadraticModel.AtMinimum(0, Three);
        QuadraticVolume none = QuadraticVolume.AroundMinimum(saddle, BasinThreshold.Excess(0.5), shift: 0);
        Assert.Equal($"quadratic: no value. {none.Reason}", none.ToString());
        var measure = GaussianMeasure.Of(round, BasinThreshold.Excess(0.5), new(PriorCentre.Weights, 1));
        Assert.StartsWith($"measure: log value {measure.LogValue:f4} ± ", measure.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" nats", measure.ToString(), StringComparison.Ordinal);
    }
}
