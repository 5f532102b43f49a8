using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Losses;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.Answers;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>A run's model: its network on a device with the run's images, in the run's precision.</summary>
internal static class ModelOnDevice
{
    /// <summary>Opens a model.</summary>
    /// <param name="source">The model, one of a run.</param>
    /// <param name="network">Its network.</param>
    /// <param name="options">Where images are and where to compute.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops at the next chunk.</param>
    /// <exception cref="DataException">The images are not those of the run.</exception>
    /// <exception cref="OptionException">What an unfinished run kept is of another model.</exception>
    public static NetworkAtWork Open(VolumeSource source, Network network, VolumeOptions options, IRunView view, CancellationToken cancellation)
    {
        RunModel saved = source.Model!;
        DatasetSamples samples = RunSamples.Read(saved, network, [.. source.Weights!.Value], options.Rays.Data, options.Ranks, view);
        Agreement.OnHessian(options.Ranks, () => (source as DenseSource)?.HessianSha256);
        Device device = RankedDevice.Open(options.Rays.Device, options.Threads, options.Ranks);
        NetworkAtWork model = saved.Precision == Precision.Float32
            ? new NetworkAtWork<float>(network, device, samples)
            : new NetworkAtWork<double>(network, device, samples);
        try
        {
            double[] weights = [.. source.Weights!.Value];
            double loss = RunSamples.CheckLoss(
                saved,
                model.LossWith(saved.WeightDecay),
                weights,
                options.Rays.Data.Path,
                "give the run's data with --data, or take --rays 0 and leave out --converge",
                cancellation);
            return options.Checkpoint is { } kept
                ? new KeptNetwork(model, kept.Answers("volume", RunFingerprint.Of(saved, network, weights, loss, device.Description)))
                : model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
