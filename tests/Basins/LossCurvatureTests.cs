using System.Globalization;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins.Tests;

public sealed class LossCurvatureTests
{
    private static readonly Matrix Points = new(6, 2, [0.3, -1, 0.8, 0.1, -0.4, 0.9, 1.1, 0.6, -0.7, -0.2, 0.2, 0.5]);
    private static readonly MatrixSamples Samples = new(Points, [0, 1, 1, 0, 1, 0]);
    private static readonly Network Net = new NetworkBuilder(new Shape(2)).Linear("hidden", 4).Tanh().Linear("out", 2).SoftmaxLoss().Build();
    private static readonly double[] At = [.. Enumerable.Range(0, Net.ParameterCount).Select(i => Math.Sin(i + 1))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void It_says_what_the_parts_say()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Net, device);
        plan.SetParameters(At);
        Hessian hessian = Hessian.Compute(plan, Samples, cancellation: Cancellation);

        using var curvature = LossCurvature.Of(Net, At, Samples);
        Assert.Equal(hessian.Loss, curvature.Loss);
        Assert.Equal(hessian.Gradient, curvature.Gradient.ToArray());
        Assert.Equal(hessian.Matrix.Values, curvature.Hessian(cancellation: Cancellation).Matrix.Values);
        Assert.Same(curvature.Hessian(cancellation: Cancellation), curvature.Hessian(cancellation: Cancellation));
        var gaussNewton = GaussNewton.Compute(plan, Samples, cancellation: Cancellation);
        Assert.Equal(gaussNewton.Matrix.Values, curvature.GaussNewton(cancellation: Cancellation).Matrix.Values);
        double[] row = curvature.Multiply([0, 1, .. new double[Net.ParameterCount - 2]]);
        for (int i = 0; i < row.Length; i++)
            Assert.Equal(hessian.Matrix[1, i], row[i], 1e-14);
    }

    [Fact]
    public void Eigenvalues_pairs_and_estimates_agree()
    {
        using var curvature = LossCurvature.Of(Net, At, Samples);
        Curvature.Spectrum spectrum = curvature.Eigenvalues(Cancellation);
        // Shifts of a softmax: one for each input of the last layer and one for its bias.
        Assert.Equal(5, spectrum.Inertia.Zero);
        Assert.Equal(curvature.Hessian(cancellation: Cancellation).Trace, spectrum.Eigenvalues.Sum(), 1e-12);
        RitzPairs pairs = curvature.TopEigenpairs(2, cancellation: Cancellation);
        Assert.True(pairs.Pairs[1].Interval.Contains(spectrum.Maximum), $"{pairs.Pairs[1]}, exactly {spectrum.Maximum}");
        Assert.True(pairs.Pairs[0].Interval.Contains(spectrum.Eigenvalues[^2]), $"{pairs.Pairs[0]}, exactly {spectrum.Eigenvalues[^2]}");
        MatrixFreeCurvature estimates = curvature.ByProducts(new() { Largest = 2, Smallest = 1 }, Cancellation);
        Assert.Equal(5, estimates.KnownZeros);
        Assert.True(estimates.Trace!.Interval!.Value.Contains(spectrum.Eigenvalues.Sum()), estimates.Trace.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => curvature.TopEigenpairs(0, cancellation: Cancellation));
    }

    [Fact]
    public void Of_a_quadratic_loss_the_volume_is_the_share_of_a_slab()
    {
        // L = ½ h w², so that with w ~ N(0, 1) the loss rises by at most h/2 where |w| ≤ 1: erf(1/√2).
        Network line = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();
        using var curvature = LossCurvature.Of(line, [0], new MatrixSamples(new Matrix(2, 1, [1, 1]), new Matrix(2, 1)));
        double h = curvature.Hessian(cancellation: Cancellation).Matrix[0, 0];
        GaussianMeasure measure = curvature.Volume(BasinThreshold.Excess(h / 2), new GaussianPrior(PriorCentre.Weights, 1), Cancellation);
        Assert.Equal(Math.Log(0.682689492137086), measure.LogValue!.Value, 1e-9);
        // Another threshold: |w| ≤ 2.
        measure = curvature.Volume(BasinThreshold.Excess(2 * h), new GaussianPrior(PriorCentre.Weights, 1), Cancellation);
        Assert.Equal(Math.Log(0.954499736103642), measure.LogValue!.Value, 1e-9);
    }

    [Fact]
    public void Device_and_precision_may_be_chosen()
    {
        using var device = new HostDevice(2);
        using (var single = LossCurvature.On<float>(device, Net, At, Samples))
        using (var curvature = LossCurvature.Of(Net, At, Samples))
            Assert.Equal(curvature.Eigenvalues(Cancellation).Maximum, single.Eigenvalues(Cancellation).Maximum, 1e-5);
        // The device is the caller's.
        Assert.NotNull(device.Kernels<double>());
    }

    [Fact]
    public void A_plan_of_ones_own_computes_at_the_weights_whatever_it_is_given_between()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Net, device, new PlanBudget(2, 1 << 16));
        using (var curvature = LossCurvature.By(plan, At, Samples))
        using (var usual = LossCurvature.Of(Net, At, Samples))
        {
            plan.SetParameters(new double[Net.ParameterCount]);
            Assert.Equal(usual.Loss, curvature.Loss, 1e-14);
            plan.SetParameters(new double[Net.ParameterCount]);
            double[] direction = [1, .. new double[Net.ParameterCount - 1]];
            Assert.All(usual.Multiply(direction).Zip(curvature.Multiply(direction)), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        }

        // The plan is the caller's.
        Gradient.Compute(plan, Samples, new double[Net.ParameterCount]);
    }

    [Fact]
    public void It_says_what_it_is_and_what_is_wrong()
    {
        using var curvature = LossCurvature.Of(Net, At, Samples);
        string beginning = string.Create(CultureInfo.InvariantCulture, $"Loss {curvature.Loss:g6} of 22 parameters, |gradient| ");
        Assert.StartsWith(beginning, curvature.ToString(), StringComparison.Ordinal);
        NetworkException error = Assert.Throws<NetworkException>(() => LossCurvature.Of(Net, [1, 2], Samples));
        Assert.Contains("22 parameters; 2 were given", error.Message, StringComparison.Ordinal);
        Assert.Throws<NetworkException>(() => curvature.Multiply([1, 2]));
    }

    [Fact]
    public void Closed_it_has_what_was_computed_and_computes_nothing()
    {
        var closed = LossCurvature.Of(Net, At, Samples);
        double loss = closed.Loss;
        closed.Dispose();
        closed.Dispose();
        Assert.Equal(loss, closed.Loss);
        Action[] uses =
        [
            () => closed.Hessian(cancellation: Cancellation),
            () => closed.GaussNewton(cancellation: Cancellation),
            () => closed.Multiply(new double[Net.ParameterCount]),
            () => closed.Eigenvalues(Cancellation),
            () => closed.TopEigenpairs(1, cancellation: Cancellation),
            () => closed.ByProducts(cancellation: Cancellation),
            () => closed.Volume(BasinThreshold.Excess(1), new(PriorCentre.Weights, 1), Cancellation),
        ];
        Assert.All(uses, use => Assert.Contains("LossCurvature.Of", Assert.Throws<ObjectDisposedException>(use).Message, StringComparison.Ordinal));
        var unused = LossCurvature.Of(Net, At, Samples);
        unused.Dispose();
        Assert.Equal("Closed curvature of 22 parameters", unused.ToString());
    }

    [Fact]
    public void A_network_at_work_is_closed_with_its_device()
    {
        var network = new NetworkAtWork<double>(Net, new HostDevice(1), Samples);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.LossWith(0).Evaluate(At, new double[1], Cancellation));
        Assert.Throws<ObjectDisposedException>(() => network.DifferentiableWith(0));
        Assert.Throws<ObjectDisposedException>(() => network.HessianAt(At, null, Cancellation));
    }
}
