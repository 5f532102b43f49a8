using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class StochasticLogDeterminantTests
{
    // A spectrum like a trained network's: most of it near zero, some negative, a few outliers.
    private static readonly double[] Eigenvalues = [.. Enumerable.Range(0, 120).Select(i => i < 5 ? -0.01 * (i + 1) : i < 110 ? 1e-4 * i : 0.5 * (i - 109))];

    private static readonly Matrix Hessian = SymmetricMatrices.WithSpectrum(Eigenvalues, seed: 2);

    [Fact]
    public void A_multiple_of_the_identity_has_no_variance()
    {
        StochasticLogDeterminant estimate = Of(SymmetricMatrices.Diagonal(1, 1, 1, 1, 1), shift: 1, directions: 3, steps: 5);
        Assert.Equal(5 * Math.Log(2), estimate.LogDeterminant!.Value, 1e-13);
        Assert.Equal(0, estimate.StandardError!.Value, 1e-14);
        Assert.Equal((0, LowerEndBasis.Exhausted), (estimate.QuadratureError!.Value, estimate.LowerEnd.Basis));
        Assert.Equal(1, estimate.Steps);
    }

    [Fact]
    public void The_exact_value_lies_within_the_error()
    {
        const double Shift = 0.3;
        double exact = Eigenvalues.Sum(h => Math.Log(h + Shift));
        StochasticLogDeterminant estimate = Of(Hessian, Shift, directions: 60, steps: 25);
        Assert.InRange(exact, estimate.Lower!.Value - (3.5 * estimate.StandardError!.Value), estimate.Upper!.Value + (3.5 * estimate.StandardError.Value));
        Assert.InRange(estimate.QuadratureError!.Value, 0, 0.1 * estimate.StandardError.Value);
        Assert.InRange(estimate.StandardError.Value, 1e-3, 0.1 * Math.Abs(exact));
    }

    [Fact]
    public void More_steps_than_needed_change_nothing()
        => Assert.Equal(
            Of(Hessian, 0.3, directions: 4, steps: 60).LogDeterminant!.Value, Of(Hessian, 0.3, directions: 4, steps: 40).LogDeterminant!.Value, 1e-9);

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        using var one = new HostThreads(1);
        using var five = new HostThreads(5);
        Assert.Equal(With(one), With(five));

        StochasticLogDeterminant With(HostThreads threads) => StochasticLogDeterminant.Of(new MatrixMap(Hessian), 0.3, 5, 20, seed: 1, threads);
    }

    [Fact]
    public void Few_steps_give_a_wide_bracket_that_holds()
    {
        // Eigenvalues over eight decades and a shift that sees all of them: Gauss's rule alone, with its spread over the directions, is hundreds of nats high.
        double[] eigenvalues = [.. Enumerable.Range(0, 120).Select(i => Math.Pow(10, -i / 15.0))];
        double exact = eigenvalues.Sum(h => Math.Log(h + 1e-7));
        StochasticLogDeterminant few = Of(SymmetricMatrices.Diagonal(eigenvalues), 1e-7, directions: 20, steps: 3, lowerBound: 0);
        Assert.InRange(few.Upper!.Value - exact, 20 * few.StandardError!.Value, double.PositiveInfinity);
        Assert.InRange(exact, few.Lower!.Value, few.Upper.Value);
        Assert.Equal(new LowerEnd(0, LowerEndBasis.Given), few.LowerEnd);
        // Without the bound three steps prove nothing, and say so.
        StochasticLogDeterminant unknown = Of(SymmetricMatrices.Diagonal(eigenvalues), 1e-7, directions: 20, steps: 3);
        Assert.Contains("20 directions of 3 steps do not tell whether H + 1E-07 I is positive definite", unknown.Reason, StringComparison.Ordinal);
        Assert.Equal([null, null, null, null], [unknown.LogDeterminant, unknown.QuadratureError, unknown.StandardError, unknown.Lower]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(12)]
    public void A_negative_direction_that_few_steps_do_not_meet_is_not_passed_over(int steps)
    {
        // −1 among eigenvalues up to 100: H + ½ I is not positive definite, whether the steps meet it or not.
        Matrix hidden = SymmetricMatrices.Diagonal([-1, .. Enumerable.Range(0, 199).Select(i => i < 150 ? 0.1 : 2.0 * (i - 149))]);
        StochasticLogDeterminant estimate = Of(hidden, 0.5, directions: 2, steps);
        Assert.True(estimate.Smallest.Value > -0.5);
        Assert.Contains("may have been missed", estimate.Reason, StringComparison.Ordinal);
        Assert.Null(estimate.LogDeterminant);
        Assert.InRange(estimate.LowerEnd.Value, double.NegativeInfinity, -1);
    }

    [Fact]
    public void The_lower_end_that_the_steps_tell_lies_below_the_spectrum()
    {
        for (int steps = 4; steps <= 30; steps += 2)
            Assert.InRange(Of(Hessian, 30, directions: 8, steps).LowerEnd.Value, double.NegativeInfinity, Eigenvalues.Min());
        LowerEnd end = Of(Hessian, 30, directions: 8, steps: 30).LowerEnd;
        Assert.Equal(LowerEndBasis.Probable, end.Basis);
        Assert.InRange(end.Value, -0.3, Eigenvalues.Min());
    }

    [Fact]
    public void A_shift_that_is_too_small_and_a_bound_that_does_not_hold_are_explained()
    {
        StochasticLogDeterminant small = Of(Hessian, 0.02, directions: 4, steps: 60);
        Assert.Contains("H + 0.02 I is not positive definite: the directions met -0.05", small.Reason, StringComparison.Ordinal);
        Assert.Null(small.LogDeterminant);
        Assert.Equal(-0.05, small.Smallest.Value, 1e-6);
        Assert.Contains(
            "below the -0.01 that no eigenvalue was said to lie below",
            Of(Hessian, 0.3, directions: 4, steps: 60, lowerBound: -0.01).Reason,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(Hessian, 0.3, directions: 4, steps: 60, lowerBound: double.NaN));
    }

    private static StochasticLogDeterminant Of(Matrix matrix, double shift, int directions, int steps, double? lowerBound = null)
        => StochasticLogDeterminant.Of(new MatrixMap(matrix), shift, directions, steps, seed: 1, SymmetricMatrices.Threads, lowerBound);
}
