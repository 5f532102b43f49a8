using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Architecture.Tests.Examples;

/// <summary>What an example takes for granted, by the names that it has there: a network on eight points of the plane, at weights.</summary>
public abstract class Given : IDisposable
{
    protected Given()
    {
        samples = new MatrixSamples(points, labels);
        network = new NetworkBuilder(new Shape(2)).Linear("hidden", 3).Tanh().Linear("out", 2).SoftmaxLoss().Build();
        weights = [.. Enumerable.Range(0, network.ParameterCount).Select(i => Math.Sin(i + 1))];
        plan = new Plan<double>(network, device);
        plan.SetParameters(weights);
        curvature = LossCurvature.Of(network, weights, samples);
        map = NetworkMaps.Hessian(plan, samples);
        matrix = curvature.Hessian().Matrix;
    }

    protected Matrix points { get; set; } = new(8, 2, [0, 0, 1, 0, 0, 1, 1, 1, 0.2, 0.1, 0.9, 0.8, 0.1, 0.9, 0.8, 0.2]);

    protected int[] labels { get; set; } = [0, 1, 1, 0, 0, 0, 1, 1];

    protected MatrixSamples samples { get; set; }

    protected Network network { get; set; }

    protected double[] weights { get; set; }

    protected HostDevice device { get; } = new(1);

    protected HostThreads threads => device.Threads;

    protected Plan<double> plan { get; }

    protected LossCurvature curvature { get; }

    protected ILinearMap map { get; }

    protected Matrix matrix { get; set; }

    /// <summary>The example.</summary>
    public abstract void Run();

    public void Dispose()
    {
        curvature.Dispose();
        plan.Dispose();
        device.Dispose();
        GC.SuppressFinalize(this);
    }
}
