using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Stationary;

public class TrustRegionNewtonTests
{
    [Fact]
    public void A_quadratic_is_solved_as_a_linear_system()
    {
        double[] minimum = [3, -1, 0.5, 2, -4];
        Matrix hessian = SymmetricMatrices.WithSpectrum([0.01, 0.3, 1, 20, 500], seed: 8);
        var loss = new Example(5, (t, g) =>
        {
            for (int i = 0; i < 5; i++)
                g[i] = Enumerable.Range(0, 5).Sum(j => hessian[i, j] * (t[j] - minimum[j]));
            return 7 + (g.Zip(t, minimum).Sum(x => x.First * (x.Second - x.Third)) / 2);
        }, (_, v) => [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 5).Sum(j => hessian[i, j] * v[j]))]);
        StationaryPoint point = Search(loss, [1, 1, 1, 1, 1], tolerance: 1e-9);
        Assert.Equal(SearchEnd.Converged, point.End);
        Assert.All(point.Weights.Zip(minimum), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(7, point.Last.Loss, 1e-12);
        Assert.Equal(Math.Sqrt(point.Weights.Sum(w => (w - 1) * (w - 1))), point.Distance, 1e-12);
    }

    [Fact]
    public void Known_outliers_save_products_on_the_way_to_the_same_minimum()
    {
        // Six outliers above 40 curvatures of about 1, and a bit of x⁴: the minimum is at 0.
        double[] curvatures = [.. Enumerable.Range(0, 40).Select(i => 1 + (i / 40.0)), 30, 90, 200, 450, 900, 2000];
        Matrix hessian = SymmetricMatrices.WithSpectrum(curvatures, seed: 6);
        Eigenpairs pairs = SymmetricEigenvectors.Compute(
            hessian, .., SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        double[] start = [.. Enumerable.Range(0, 46).Select(i => Math.Cos(3 * i))];
        var plain = new TrustRegionNewton(Quartic(), 1e-9, 100).From(start, progress: null, TestContext.Current.CancellationToken);
        var shaped = new TrustRegionNewton(Quartic(), 1e-9, 100, DeflatedPreconditioner.OfLargest(pairs, 6)).From(
            start, progress: null, TestContext.Current.CancellationToken);
        Assert.All([plain, shaped], point => Assert.Equal((SearchEnd.Converged, 0), (point.End, Math.Round(point.Weights.Max(Math.Abs), 8))));
        Assert.InRange(shaped.Steps.Sum(step => step.Products), 1, 0.6 * plain.Steps.Sum(step => step.Products));
        // The shape has the identity elsewhere: a step is no longer than the region.
        Assert.All(shaped.Steps, step => Assert.InRange(step.Length, 0, step.Radius * (1 + 1e-12)));

        Example Quartic() => new(46, (t, g) =>
        {
            double loss = 0;
            for (int i = 0; i < 46; i++)
            {
                double along = Enumerable.Range(0, 46).Sum(j => hessian[i, j] * t[j]);
                g[i] = along + (0.01 * t[i] * t[i] * t[i]);
                loss += (t[i] * along / 2) + (0.0025 * Math.Pow(t[i], 4));
            }

            return loss;
        }, (t, v) => [.. Enumerable.Range(0, 46).Select(i => Enumerable.Range(0, 46).Sum(j => hessian[i, j] * v[j]) + (0.03 * t[i] * t[i] * v[i]))]);
    }

    [Fact]
    public void From_where_the_curvature_is_negative_it_goes_down_to_a_minimum()
    {
        // x⁴ − x² + y²/2: a saddle at 0 and minima −¼ at x = ±1/√2.
        var loss = new Example(2, (t, g) =>
        {
            (g[0], g[1]) = ((4 * t[0] * t[0] * t[0]) - (2 * t[0]), t[1]);
            return Math.Pow(t[0], 4) - (t[0] * t[0]) + (t[1] * t[1] / 2);
        }, (t, v) => [((12 * t[0] * t[0]) - 2) * v[0], v[1]]);
        StationaryPoint point = Search(loss, [0.01, 0.3], tolerance: 1e-10);
        Assert.Equal(SearchEnd.Converged, point.End);
        Assert.Equal(1 / Math.Sqrt(2), point.Weights[0], 1e-9);
        Assert.Equal(-0.25, point.Last.Loss, 1e-12);
        // Superlinear: the last steps more than square root the gradient.
        Assert.InRange(point.Steps.Length, 3, 15);
        Assert.True(point.Steps.Zip(point.Steps.Skip(1)).All(pair => pair.Second.Loss <= pair.First.Loss), "the loss never rises");
    }

    [Fact]
    public void A_minimum_on_a_kink_is_a_stall_with_its_gradient()
    {
        // |x| + (x − 3)²/20 + y²: the least, 0.45, is at x = 0, where the gradient is 1 − 0.3 on one side and −1 − 0.3 on the other.
        // Ever shorter steps from side to side leave y behind.
        var loss = new Example(2, (t, g) =>
        {
            (g[0], g[1]) = ((t[0] > 0 ? 1 : -1) + ((t[0] - 3) / 10), 2 * t[1]);
            return Math.Abs(t[0]) + ((t[0] - 3) * (t[0] - 3) / 20) + (t[1] * t[1]);
        }, (_, v) => [v[0] / 10, 2 * v[1]]);
        StationaryPoint point = Search(loss, [1, 1], tolerance: 1e-8);
        Assert.Equal(SearchEnd.Stalled, point.End);
        Assert.Equal(0.45, point.Last.Loss, 1e-3);
        Assert.InRange(point.Last.GradientNorm, 0.69, 1.31);
    }

    [Fact]
    public void Limits_and_what_is_no_number_are_said()
    {
        var rosenbrock = new Example(2, (t, g) =>
        {
            double a = t[1] - (t[0] * t[0]);
            (g[0], g[1]) = ((-400 * t[0] * a) - (2 * (1 - t[0])), 200 * a);
            return (100 * a * a) + ((1 - t[0]) * (1 - t[0]));
        }, (t, v) => [((1200 * t[0] * t[0]) - (400 * t[1]) + 2) * v[0] + (-400 * t[0] * v[1]), (-400 * t[0] * v[0]) + (200 * v[1])]);
        Assert.Equal(
            SearchEnd.StepLimit,
            new TrustRegionNewton(rosenbrock, 1e-10, mostSteps: 3).From([-1.2, 1], progress: null, TestContext.Current.CancellationToken).End);
        StationaryPoint valley = Search(rosenbrock, [-1.2, 1], tolerance: 1e-10);
        Assert.Equal((SearchEnd.Converged, 1, 1), (valley.End, Math.Round(valley.Weights[0], 8), Math.Round(valley.Weights[1], 8)));
        var none = new Example(1, (_, g) => g[0] = double.NaN, (_, v) => v);
        Assert.Equal(SearchEnd.NotANumber, Search(none, [1], tolerance: 1).End);
        Assert.Throws<VolumeParameterException>(() => new TrustRegionNewton(rosenbrock, 0, 1));
        Assert.Throws<VolumeParameterException>(() => new TrustRegionNewton(rosenbrock, 1, 0));
        Assert.Throws<OperationCanceledException>(
            () => new TrustRegionNewton(rosenbrock, 1e-10, 3).From([-1.2, 1], progress: null, new CancellationToken(canceled: true)));
    }

    private static StationaryPoint Search(IDifferentiableLoss loss, double[] start, double tolerance)
        => new TrustRegionNewton(loss, tolerance, mostSteps: 200).From(start, progress: null, TestContext.Current.CancellationToken);

    private sealed class Example(int count, Func<double[], double[], double> loss, Func<double[], double[], double[]> multiply)
        : IDifferentiableLoss, ILinearMap
    {
        private double[] _at = [];

        public int ParameterCount => count;

        public int Order => count;

        public ILinearMap Hessian => this;

        public double UnitRoundoff => Spectrum.DoubleRoundoff;

        public double MoveTo(double[] weights, double[] gradient)
        {
            _at = [.. weights];
            return loss(weights, gradient);
        }

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
            => multiply(_at, directions.Row(0).ToArray()).CopyTo(products.Row(0));
    }
}
