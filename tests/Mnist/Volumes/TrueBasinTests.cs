using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Tests.Reference;
using BasinVolume.Mnist.Volumes;

namespace BasinVolume.Mnist.Tests.Volumes;

/// <summary>The basin of the trained l2 model on its true loss.</summary>
public sealed class TrueBasinTests : IDisposable
{
    private const int SampleCount = 100;

    private readonly HostDevice _device = new(2);
    private readonly HostThreads _threads = new(2);
    private readonly DatasetSamples _samples = PyTorch.FewSamples(SampleCount);
    private readonly double[] _weights = PyTorch.Weights("l2_trained");

    public void Dispose()
    {
        _device.Dispose();
        _threads.Dispose();
    }

    [Fact]
    public void Rays_agree_with_plain_Monte_Carlo()
    {
        // A rise that more than half of the prior around the weights stays below.
        const double Sigma = 0.03, Excess = 0.025;
        const int Draws = 400, Rays = 150;
        using var plan = new Plan<double>(PyTorch.Network, _device);
        plan.SetParameters(_weights);
        Hessian hessian = Hessian.Compute(plan, _samples);
        var loss = new NetworkLoss<double>(plan, _samples, weightDecay: 0);
        var threshold = BasinThreshold.Excess(Excess);
        var prior = new GaussianPrior(PriorCentre.Weights, Sigma);
        // Unshaped rays weigh between 0 and 1 each, so that their error bar can be trusted where the probability is not tiny.
        var search = new RaySearch(loss, _weights, new IdentityPreconditioner(), new RaySampling(Rays, seed: 5) { Tolerance = 1e-2, InteriorLooks = 1, InitialRadius = 1 }, _threads);
        RayVolume rays = RayVolume.Gaussian(search.Cross(threshold), prior);

        (double logShare, double error) = PlainMonteCarlo(loss, hessian.Loss + Excess, Sigma, Draws);
        double both = Math.Sqrt((error * error) + (rays.StandardError!.Value * rays.StandardError.Value));
        Assert.InRange(rays.StandardError.Value, 0, 0.3);
        Assert.InRange(rays.LogValue!.Value - logShare, -3 * both, 3 * both);
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

    /// <summary>The share of draws from the prior around the weights whose loss is at most <paramref name="rim"/>, as a logarithm with its standard error.</summary>
    private (double LogShare, double Error) PlainMonteCarlo(NetworkLoss<double> loss, double rim, double sigma, int draws)
    {
        int n = _weights.Length;
        double[] points = new double[draws * n];
        for (int draw = 0; draw < draws; draw++)
        {
            Span<double> point = points.AsSpan(draw * n, n);
            NormalVectors.Fill(seed: 11, (ulong)draw, point);
            for (int i = 0; i < n; i++)
                point[i] = _weights[i] + (sigma * point[i]);
        }

        double[] losses = new double[draws];
        loss.Evaluate(points, losses, TestContext.Current.CancellationToken);
        double share = losses.Count(value => value <= rim) / (double)draws;
        return (Math.Log(share), Math.Sqrt((1 - share) / share / draws));
    }
}
