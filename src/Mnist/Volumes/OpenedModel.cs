using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Gpu.Devices;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Volumes;

/// <summary>The true loss of a run's model: its network on a device with the run's images, in the run's precision.</summary>
internal abstract class OpenedModel : IDisposable
{
    /// <summary>L + ½λ|θ|².</summary>
    public abstract ILossAtWeights LossWith(double weightDecay);

    /// <summary>The same with its derivatives.</summary>
    public abstract IDifferentiableLoss DifferentiableWith(double weightDecay);

    /// <summary>Hessian, gradient and loss, without a penalty.</summary>
    public abstract Hessian HessianAt(double[] weights, IProgress<double> progress, CancellationToken cancellation);

    /// <summary>Relus and max-pools that weight vectors differ in from a first one; null if the network has none.</summary>
    public abstract ImmutableArray<SwitchedUnits>? Switched(double[] reference, double[] others, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Opens a model.</summary>
    /// <param name="source">The model, one of a run.</param>
    /// <param name="network">Its network.</param>
    /// <param name="options">Where images are and where to compute.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops at the next chunk.</param>
    /// <exception cref="DataException">The images are not those of the run.</exception>
    public static OpenedModel Open(VolumeSource source, Network network, VolumeOptions options, IRunView view, CancellationToken cancellation)
    {
        SavedModel saved = source.Model!;
        DatasetSamples samples = RunSamples.Read(saved, network, options.Rays.DataFolder, view);
        Device device = DeviceCatalog.Open(options.Rays.Device, options.Threads);
        OpenedModel model = saved.Precision == Precision.Float32 ? new OpenedModel<float>(network, device, samples) : new OpenedModel<double>(network, device, samples);
        try
        {
            RunSamples.CheckLoss(
                saved, model.LossWith(saved.WeightDecay), [.. source.Weights!.Value], options.Rays.DataFolder, "give the run's images with --data, or take --rays 0 and leave out --converge", cancellation);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}

/// <inheritdoc/>
internal sealed class OpenedModel<T> : OpenedModel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Device _device;
    private readonly DatasetSamples _samples;
    private readonly Network _network;
    private readonly Plan<T> _values;
    private Plan<T>? _derivatives;

    public OpenedModel(Network network, Device device, DatasetSamples samples)
    {
        (_network, _device, _samples) = (network, device, samples);
        _values = new Plan<T>(network, device, PlanBudget.ForManyVectors<T>(network, device.Description, device.FreeMemoryBytes / 4));
    }

    // Chunks and blocks that suit derivatives, there from when some are asked for.
    private Plan<T> Derivatives => _derivatives ??= new Plan<T>(_network, _device, PlanBudget.For<T>(_network, _device.Description, _device.FreeMemoryBytes / 4));

    public override ILossAtWeights LossWith(double weightDecay) => new NetworkLoss<T>(_values, _samples, weightDecay);

    public override IDifferentiableLoss DifferentiableWith(double weightDecay) => new NetworkDerivatives<T>(Derivatives, _samples, weightDecay);

    public override Hessian HessianAt(double[] weights, IProgress<double> progress, CancellationToken cancellation)
    {
        Derivatives.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        return Hessian.Compute(Derivatives, _samples, progress, cancellation: cancellation);
    }

    public override ImmutableArray<SwitchedUnits>? Switched(double[] reference, double[] others, CancellationToken cancellation)
        => SwitchedUnits.CanOccurIn(_network) ? SwitchedUnits.Between(_values, _samples, reference, others, cancellation) : null;

    public override void Dispose()
    {
        _values.Dispose();
        _derivatives?.Dispose();
        _device.Dispose();
    }
}
