using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class FunctionTraceTests
{
    [Theory]
    [InlineData(4, 3, 2e-6)]
    [InlineData(4, 5, 4e-9)]
    [InlineData(4, 8, 3e-13)]
    [InlineData(0.2, 5, 1e-3)]
    [InlineData(0.2, 8, 1e-4)]
    [InlineData(0.2, 12, 3e-6)]
    [InlineData(0.135, 8, 1e-3)]
    [InlineData(0.135, 12, 2e-4)]
    [InlineData(0.135, 20, 1e-11)]
    public void The_brackets_have_the_widths_that_are_known_and_hold(double shift, int steps, double width)
    {
        double[] spectrum = Spectra.LikeAHessian;
        var function = SpectralFunction.Logarithm(shift);
        var support = new Interval(spectrum.Min(), spectrum.Max());
        var starts = new Matrix(5, spectrum.Length);
        for (int row = 0; row < starts.Rows; row++)
            NormalVectors.Fill(1, (ulong)row, starts.Row(row));
        var quadratures = SpectralQuadrature.Of(
            new DiagonalMap(spectrum), starts, steps, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        for (int row = 0; row < starts.Rows; row++)
        {
            double[] start = starts.Row(row).ToArray();
            double exact = start.Select((x, i) => x * x * function.Value(spectrum[i])).Sum() / start.Sum(x => x * x);
            Interval bracket = quadratures[row].Bracket(function, support, 1e-15, SymmetricMatrices.Threads, TestContext.Current.CancellationToken).Bracket;
            Assert.InRange(bracket.Width, 0, 10 * width);
            Assert.InRange(exact, bracket.Low, bracket.High);
        }
    }
}
