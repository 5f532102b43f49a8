using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Tests.Reference;

namespace BasinVolume.Mnist.Tests.Jobs.VolumeJob;

/// <summary>The basin of the trained l2 model on its true loss.</summary>
public sealed class TrueBasinTests : IDisposable
{
    private const int SampleCount = 200;

    private readonly HostDevice _device = new(2);
    private readonly HostThreads _threads = new(2);
    private readonly DatasetSamples _samples = PyTorch.FewSamples(SampleCount);
    private readonly double[] _weights = PyTorch.Weights("l2_trained");

    public void Dispose()
    {
        _device.Dispose();
        _threads.Dispose();
    }

    /// <summary>
    /// Over a small enough prior the true loss is its tangent and the quadratic's curvature, and all three agree.
    /// The rise is the quadratic's mean, so that half of the prior is inside.
    /// </summary>
    [Fact]
    public void At_small_deviations_measure_rays_and_plain_draws_agree()
    {
        const double Sigma = 0.003;
        Hessian hessian = HessianOf(PyTorch.Network, _weights);
        double excess = Sigma * Sigma / 2 * hessian.Trace;
        Estimates found = Estimate(PyTorch.Network, _weights, Sigma, excess, hessian);
        Assert.InRange(found.Measure, -1.5, -0.3);
        found.AssertAgreement();
    }

    /// <summary>
    /// From σ = 0.01 on the winners of many max-pools and the sides of many relus change within the prior.
    /// The Hessian at the weights has the curvature inside their cell and not that of the kinks, so that the quadratic rises too fast;
    /// a Hessian from differences of the gradient between points of the prior has both.
    /// </summary>
    [Fact]
    public void At_a_tenth_they_agree_if_the_curvature_is_the_mean_over_the_prior()
    {
        const double Sigma = 0.1;
        Hessian hessian = HessianOf(PyTorch.Network, _weights);
        double excess = Sigma * Sigma / 2 * hessian.Trace;
        Estimates cell = Estimate(PyTorch.Network, _weights, Sigma, excess, hessian);
        Assert.True(cell.Draws.MeanRise < excess - (5 * cell.Draws.MeanRiseError), "the quadratic of the cell rises faster than the loss");
        Assert.True(cell.Measure < cell.Draws.LogShare - (5 * cell.Draws.StandardError), "so its basin is smaller");
        cell.AssertRaysAgreeWithDraws();
        // A mean of curvature over sixteen points of the prior is no curvature of the loss: it brings the measure most of the way, not within the draws' error.
        double over = MeasureOf(hessian with { Matrix = OverPrior(hessian.Matrix, Sigma) }, _weights, Sigma, excess);
        Assert.True(
            Math.Abs(over - cell.Draws.LogShare!.Value) < Math.Abs(cell.Measure - cell.Draws.LogShare.Value) / 2,
            $"measure {cell.Measure} in the cell, {over} over the prior, draws {cell.Draws.LogShare}");
    }

    /// <summary>What the kinks are is seen where there are none: the same weights with softplus and average pool.</summary>
    [Fact]
    public void Without_kinks_they_agree_at_larger_deviations()
    {
        const double Sigma = 0.03;
        Network smooth = new NetworkBuilder(new Shape(1, 28, 28))
            .Convolution("conv1", 1, 3)
            .Softplus()
            .AveragePool(2)
            .Flatten()
            .Linear("fc2", 10)
            .SoftmaxLoss()
            .Build();
        Hessian hessian = HessianOf(smooth, _weights);
        Estimates found = Estimate(smooth, _weights, Sigma, Sigma * Sigma / 2 * hessian.Trace, hessian);
        Assert.InRange(found.Measure, -1.5, -0.3);
        found.AssertAgreement();
    }

    [Fact]
    public void Losses_at_many_weights_have_the_bits_of_one_at_a_time_and_the_penalty()
    {
        const double Lambda = 0.5;
        double[] two = [.. _weights, .. PyTorch.Weights("plain_trained")];
        double[] bare = Losses<double>(two, 0), penalised = Losses<double>(two, Lambda);
        Assert.Equal(Losses<double>(two[..1710], 0)[0], bare[0]);
        Assert.Equal(Losses<double>(two[1710..], 0)[0], bare[1]);
        for (int v = 0; v < 2; v++)
            Assert.Equal(bare[v] + (Lambda / 2 * two.Skip(v * 1710).Take(1710).Sum(w => w * w)), penalised[v], 1e-12 * penalised[v]);
        Assert.Equal(bare[0], Losses<float>(two, 0)[0], 1e-5 * bare[0]);
        Assert.Throws<NetworkException>(() => Losses<double>(two[1..], 0));
    }

    private double[] Losses<T>(double[] weights, double weightDecay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(PyTorch.Network, _device);
        double[] losses = new double[(weights.Length + 1709) / 1710];
        new NetworkLoss<T>(plan, _samples, weightDecay).Evaluate(weights, losses, TestContext.Current.CancellationToken);
        return losses;
    }

    private Hessian HessianOf(Network network, double[] weights)
    {
        using var plan = new Plan<double>(network, _device);
        plan.SetParameters(weights);
        return Hessian.Compute(plan, _samples);
    }

    /// <summary>
    /// H with the rows and columns of the convolution, behind which the kinks are, from (∇L(b + he) − ∇L(b − he))/2h, h = 0.3 σ, averaged over points b = θ ±
    /// σ√u z with u uniform and z normal:
    /// as d E L(θ + √t z)/dt = ½ tr E ∇²L(θ + √t z), the quadratic then rises on average as the loss does over the prior.
    /// </summary>
    private Matrix OverPrior(Matrix hessian, double sigma)
    {
        const int Points = 16;
        int convolution = PyTorch.Network.Parameters.Where(parameter => parameter.Node == 0).Sum(parameter => parameter.Size);
        using var plan = new Plan<double>(PyTorch.Network, _device);
        var columns = new Matrix(convolution, hessian.Columns);
        double[] z = new double[hessian.Columns];
        for (int point = 0; point < Points; point++)
        {
            NormalVectors.Fill(seed: 21, (ulong)point / 2, z);
            double reach = (point % 2 == 0 ? sigma : -sigma) * Math.Sqrt(((point / 2) + 0.5) / (Points / 2));
            double[] centre = [.. _weights.Zip(z, (w, x) => w + (reach * x))];
            for (int j = 0; j < convolution; j++)
            {
                double[] up = GradientAt(plan, centre, j, 0.3 * sigma), down = GradientAt(plan, centre, j, -0.3 * sigma);
                for (int i = 0; i < up.Length; i++)
                    columns[j, i] += (up[i] - down[i]) / (0.6 * sigma * Points);
            }
        }

        Matrix over = hessian.Clone();
        for (int j = 0; j < convolution; j++)
        {
            for (int i = 0; i < over.Rows; i++)
                over[i, j] = over[j, i] = i < convolution ? (columns[j, i] + columns[i, j]) / 2 : columns[j, i];
        }

        return over;
    }

    private double[] GradientAt(Plan<double> plan, double[] centre, int j, double step)
    {
        double[] point = [.. centre];
        point[j] += step;
        plan.SetParameters(point);
        Gradient.Compute(plan, _samples, point);
        return point;
    }

    private double MeasureOf(Hessian hessian, double[] weights, double sigma, double excess)
    {
        Eigenpairs pairs = SymmetricEigenvectors.Compute(hessian.Matrix, .., _threads, progress: null, TestContext.Current.CancellationToken);
        var model = QuadraticModel.Of(hessian.Loss, new Spectrum(pairs.Eigenvalues.AsSpan(), Spectrum.DoubleRoundoff), pairs, hessian.Gradient, weights);
        return GaussianMeasure.Of(model, BasinThreshold.Excess(excess), new(PriorCentre.Weights, sigma)).LogProbability!.Value;
    }

    private Estimates Estimate(Network network, double[] weights, double sigma, double excess, Hessian hessian)
    {
        const int Draws = 400, Rays = 120;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var prior = new GaussianPrior(PriorCentre.Weights, sigma);
        var threshold = BasinThreshold.Excess(excess);
        using var plan = new Plan<double>(network, _device);
        var loss = new NetworkLoss<double>(plan, _samples, weightDecay: 0);
        // Unshaped rays weigh between 0 and 1 each, so that their error bar can be trusted where the probability is not tiny.
        var sampling = new RaySampling(Rays, seed: 5)
        {
            Tolerance = 1e-2,
            InteriorEvaluations = 0,
            InitialRadius = sigma * Math.Sqrt(weights.Length),
            RadiusLimit = 4 * sigma * Math.Sqrt(weights.Length),
        };
        RayCrossings crossings = new RaySearch(loss, weights, new IdentityPreconditioner(), sampling, _threads).Cross(threshold, progress: null, cancellation);
        return new(
            MeasureOf(hessian, weights, sigma, excess),
            RayVolume.Gaussian(crossings, prior),
            PriorDraws.Of(loss, weights, excess, prior, Draws, seed: 11, _threads, progress: null, cancellation));
    }

    /// <summary>One probability three times: of the quadratic, and of the true loss along rays and by plain draws.</summary>
    private sealed record Estimates(double Measure, RayVolume Rays, PriorDraws Draws)
    {
        // Standard errors that two estimates of the same number may lie apart.
        private const double Errors = 3;

        public void AssertAgreement()
        {
            Assert.InRange(Draws.StandardError!.Value, 0.01, 0.07);
            Assert.Equal(Draws.LogShare!.Value, Measure, Errors * Draws.StandardError.Value);
            Assert.Equal(Rays.LogValue!.Value, Measure, Errors * Rays.StandardError!.Value);
            AssertRaysAgreeWithDraws();
        }

        public void AssertRaysAgreeWithDraws()
        {
            double both = Math.Sqrt((Draws.StandardError!.Value * Draws.StandardError.Value) + (Rays.StandardError!.Value * Rays.StandardError.Value));
            Assert.InRange(Rays.StandardError.Value, 0.005, 0.1);
            Assert.Equal(Draws.LogShare!.Value, Rays.LogValue!.Value, Errors * both);
        }
    }
}
