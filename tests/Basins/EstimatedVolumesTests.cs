using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins.Tests;

/// <summary>From a network to its volumes twice: by the matrix, and by products alone.</summary>
public class EstimatedVolumesTests
{
    private const double WeightDecay = 0.5;

    [Fact]
    public void Those_of_the_matrix_lie_in_the_intervals_of_those_by_products()
    {
        var random = new Random(11);
        var inputs = new Matrix(60, 12, [.. Enumerable.Range(0, 720).Select(i => i % 12 == 5 ? 0 : random.NextDouble())]);
        var samples = new MatrixSamples(inputs, [.. Enumerable.Range(0, 60).Select(i => i % 3)]);
        Network network = new NetworkBuilder(new Shape(12)).Linear("first", 6).Tanh().Linear("fc", 3).SoftmaxLoss().Build();
        double[] weights = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => 0.2 * (random.NextDouble() - 0.5))];
        using var device = new HostDevice(2);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(weights);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Hessian bare = Hessian.Compute(plan, samples, cancellation: cancellation), hessian = bare.WithWeightDecay(WeightDecay, weights);
        var setting = new VolumeSetting(
            BasinThreshold.Excess(0.5), new(0.5, 0.01, 1, 0.5), new(PriorCentre.Weights, 0.5), Temperature: 0.5, AddedDecay: 0, QuadraticCentre.Weights);
        MeasuredModel measured = MeasuredModel.Of(
            new(hessian.Loss, hessian.Gradient, hessian.Matrix, weights, [], new Exactness(Spectrum.DoubleRoundoff)),
            setting.Prior, setting.Threshold, device.Threads, new Progress<double>(), cancellation);
        MeasuredModel bareModel = MeasuredModel.Of(
            new(bare.Loss, bare.Gradient, bare.Matrix, weights, [], new Exactness(Spectrum.DoubleRoundoff)),
            setting.Prior, setting.Threshold, device.Threads, new Progress<double>(), cancellation);
        ImmutableArray<VolumeEntry> dense = BasinVolumes.Of(new(measured, measured, setting));
        NotebookVolume notebook = NotebookVolume.Of(bareModel.Bare, setting.Notebook);

        ImmutableArray<VolumeEntry> estimated = EstimatedVolumes.Of(
            Estimate(NetworkMaps.Hessian(plan, samples), network, bare, hessian, device), setting, rays: null, "No rays were asked for.", cancellation);
        Assert.Equal(dense.Select(entry => entry.Name), estimated.Select(entry => entry.Name));
        Assert.Equal(["No rays were asked for.", true], new object?[] { estimated[1].Missing, estimated[2].Missing!.StartsWith("Levels need") });
        foreach (int i in new[] { 0, 4, 5 })
        {
            Assert.True(estimated[i].Applies && (i == 5 || dense[i].Applies), estimated[i].Reason);
            double exact = i == 5 ? notebook.LogVolume!.Value : dense[i].Definition!.LogValue!.Value;
            LogInterval interval = estimated[i].Definition!.Interval!.Value;
            Assert.True(exact >= interval.Low && exact <= interval.High, $"{dense[i].Name}: {exact} in {interval}");
            Assert.InRange(interval.High - interval.Low!.Value, 0, 15);
        }

        // Either there are negative eigenvalues for both or for none.
        Assert.Equal(dense[3].Applies, estimated[3].Applies);
    }

    private static EstimatedModel Estimate(ILinearMap map, Network network, Hessian bare, Hessian hessian, HostDevice device)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        KnownZeros zeros = NetworkZeros.Of(network, map, bare.Gradient, weightDecay: 0, seed: 1, cancellation);
        RitzPairs pairs = BlockLanczos.Of(map, new(3, 1, 1e-8) { Width = 4 }, zeros.Subspace, device.Threads, cancellation: cancellation);
        var probes = ProbeQuadratures.Of(map, pairs, zeros.Subspace, new(10, 60), device.Threads, cancellation: cancellation);
        VectorMeasure gradient = VectorMeasure.Of(
            map, new Matrix(1, map.Order, [.. hessian.Gradient]), steps: 60, device.Threads, cancellation: cancellation)[0];
        return new(hessian.Loss, probes, gradient) { WeightDecay = WeightDecay };
    }
}
