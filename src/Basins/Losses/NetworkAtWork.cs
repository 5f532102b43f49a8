using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins.Losses;

/// <summary>The true loss of a network on samples, on a device and in one precision, for values at many weight vectors and for derivatives at one.</summary>
public abstract class NetworkAtWork : IDisposable
{
    /// <summary>The team of threads of its device.</summary>
    public abstract HostThreads Threads { get; }

    /// <summary>Its device.</summary>
    public abstract DeviceDescription Device { get; }

    /// <summary>How many samples a loss is computed for at once.</summary>
    public abstract int Chunk { get; }

    /// <summary>L + ½λ|θ|² at weight vectors.</summary>
    public abstract ILossAtWeights LossWith(double weightDecay);

    /// <summary>The same with its derivatives.</summary>
    public abstract IDifferentiableLoss DifferentiableWith(double weightDecay);

    /// <summary>Hessian, gradient and loss, without a penalty.</summary>
    public abstract Hessian HessianAt(double[] weights, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>Relus and max-pools that weight vectors differ in from a first one; null if the network has none.</summary>
    public abstract ImmutableArray<SwitchedUnits>? Switched(double[] reference, double[] others, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the plans and the device.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>In float or double.</summary>
/// <typeparam name="T">What the device computes in.</typeparam>
public sealed class NetworkAtWork<T> : NetworkAtWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Device _device;
    private readonly ISamples _samples;
    private readonly Network _network;
    private readonly Plan<T> _values;
    private Plan<T>? _derivatives;

    /// <summary>Opens it. What the plans hold is a quarter of the device's free memory each at most.</summary>
    /// <param name="network">The network.</param>
    /// <param name="device">Where to compute; closed with this.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    public NetworkAtWork(Network network, Device device, ISamples samples)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_network, _device, _samples) = (network, device, samples);
        _values = new Plan<T>(network, device, PlanBudget.ForManyVectors<T>(network, device.Description, device.FreeMemoryBytes / 4));
    }

    // Chunks and blocks that suit derivatives, there from when some are asked for.
    private Plan<T> Derivatives
        => _derivatives ??= new Plan<T>(_network, _device, PlanBudget.For<T>(_network, _device.Description, _device.FreeMemoryBytes / 4));

    /// <inheritdoc/>
    public override HostThreads Threads => _device.Threads;

    /// <inheritdoc/>
    public override DeviceDescription Device => _device.Description;

    /// <inheritdoc/>
    public override int Chunk => _values.Budget.Samples;

    /// <inheritdoc/>
    public override ILossAtWeights LossWith(double weightDecay) => new NetworkLoss<T>(_values, _samples, weightDecay);

    /// <inheritdoc/>
    public override IDifferentiableLoss DifferentiableWith(double weightDecay) => new NetworkDerivatives<T>(Derivatives, _samples, weightDecay);

    /// <inheritdoc/>
    public override Hessian HessianAt(double[] weights, IProgress<double>? progress, CancellationToken cancellation)
    {
        Derivatives.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        return Hessian.Compute(Derivatives, _samples, progress, cancellation: cancellation);
    }

    /// <inheritdoc/>
    public override ImmutableArray<SwitchedUnits>? Switched(double[] reference, double[] others, CancellationToken cancellation)
        => SwitchedUnits.CanOccurIn(_network) ? SwitchedUnits.Between(_values, _samples, reference, others, cancellation) : null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _values.Dispose();
        _derivatives?.Dispose();
        _device.Dispose();
    }
}
