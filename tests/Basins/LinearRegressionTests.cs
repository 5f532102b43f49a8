using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Losses;

using BasinVolume.Curvature;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Splitting;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins.Tests;

/// <summary>
/// From a network to all definitions of its basin: a linear regression, whose loss is exactly quadratic, so that the definitions that ask the true loss must
/// say what those say that ask the Hessian.
/// </summary>
public sealed class LinearRegressionTests : IDisposable
{
    private static readonly GaussianPrior Prior = new(PriorCentre.Weights, 0.3);
    private static readonly BasinThreshold Threshold = BasinThreshold.Excess(0.1);
    private readonly HostDevice _device = new(2);
    private readonly NetworkAtWork<double> _network;
    private readonly double[] _weights = [0.3, -0.2, 0.5, 0.1];
    private readonly MeasuredModel _measured;

    public LinearRegressionTests()
    {
        var random = new Random(5);
        var inputs = new Matrix(40, 3, [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() - 0.5)]);
        var targets = new Matrix(40, 1, [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())]);
        Network network = new NetworkBuilder(new Shape(3)).Linear("fc", 1).MeanSquaredLoss().Build();
        _network = new(network, _device, new MatrixSamples(inputs, targets));
        Hessian hessian = _network.HessianAt(_weights, progress: null, TestContext.Current.CancellationToken);
        var zeros = NetworkZeros.Of(network, hessian.Matrix, hessian.Gradient, weightDecay: 0);
        _measured = MeasuredModel.Of(
            new(hessian.Loss, hessian.Gradient, hessian.Matrix, _weights, zeros, new Exactness(Spectrum.DoubleRoundoff)),
            Prior,
            Threshold,
            _device.Threads,
            new Progress<double>(),
            TestContext.Current.CancellationToken);
    }

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Rays_levels_and_measure_agree()
    {
        RayResult rays = Study();
        LevelVolume levels = LevelVolume.Of(
            _network.LossWith(0), _measured.Model, _weights, _measured.Eigenpairs, Threshold, Prior, new(64, 1), _device.Threads,
            cancellation: TestContext.Current.CancellationToken);
        double measure = GaussianMeasure.Of(_measured.Model, Threshold, Prior).LogValue!.Value;
        Assert.Equal(measure, rays.Gaussian.LogValue!.Value, 3 * rays.Gaussian.StandardError!.Value);
        Assert.InRange(rays.Gaussian.StandardError.Value, 1e-6, 0.1);
        Assert.InRange(measure, levels.Interval!.Value.Low!.Value, levels.Interval.Value.High);
        Assert.Equal(1, rays.Reach!.MeanRatio, 1e-9);
        Assert.Null(rays.Switched);
    }

    [Fact]
    public void Every_definition_is_in_the_list_and_in_the_sweep()
    {
        var setting = new VolumeSetting(Threshold, new VolumeParameters(0.1, 0, 1, 0.3), Prior, Temperature: 1, AddedDecay: 0, QuadraticCentre.Minimum);
        RayResult rays = Study();
        var basin = new MeasuredBasin(_measured, _measured, setting) { Rays = rays, WithoutLevels = "not asked for" };
        ImmutableArray<VolumeEntry> entries = BasinVolumes.Of(basin);
        Assert.Equal(["measure", "rays", "levels", "fuzzy", "quadratic", "notebook"], entries.Select(entry => entry.Name));
        Assert.Equal("not asked for", Assert.Single(entries, entry => !entry.Applies).Reason);
        // The ellipsoid around the minimum of a quadratic in four dimensions: V₄ ∏ √(2(T − L_min)/h_i), V₄ = π²/2.
        double rise = 0.1 + _measured.Model.Loss - LossAtMinimum();
        double expected = Math.Log(Math.PI * Math.PI / 2) + (2 * Math.Log(2 * rise)) - (0.5 * _measured.Bare.Eigenvalues.Sum(Math.Log));
        Assert.Equal(expected, entries[4].Definition!.LogValue!.Value, 1e-9);
        VolumeSweep sweep = VolumeSweep.Of(basin);
        Assert.Equal(entries[0].Definition!.LogValue, sweep.OverThreshold[0].Values[3]);
        Assert.Equal(["rays", "rays_lebesgue"], sweep.Rays.Select(curve => curve.Name));
    }

    // L − ½ gᵀ H⁻¹ g, by the eigenpairs.
    private double LossAtMinimum()
    {
        double fall = 0;
        for (int k = 0; k < 4; k++)
        {
            double along = Enumerable.Range(0, 4).Sum(i => _measured.Eigenpairs.Vectors[k, i] * _measured.Gradient[i]);
            fall += along * along / _measured.Eigenpairs.Eigenvalues[k] / 2;
        }

        return _measured.Model.Loss - fall;
    }

    private RayResult Study()
        => new RayStudy(new(400, 1, 1e-3, RayShape.Automatic), _measured, Prior, _network, _device.Threads, new Silent(), TestContext.Current.CancellationToken)
            .Run(_weights, 0);

    private sealed class Silent : IStages
    {
        public TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage) => stage(new Progress<double>());
    }
}
