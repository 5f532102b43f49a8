using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// What the Gram matrices of a layer y = W x + b are made of, x and the second derivatives M of the loss in y, kept for several chunks of samples:
/// the matrices are large, and this way they are read and added in double once for all of them.
/// </summary>
internal sealed class GramWorkspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // More save little more, and longer sums in float cost precision.
    private const int Chunks = 4;

    private readonly DeviceBuffer<T> _inputs;
    private readonly DeviceBuffer<T> _curvature;
    private readonly int _features;
    private readonly int _outputs;
    private readonly int _capacity;

    /// <param name="device">Where it is kept.</param>
    /// <param name="network">The network.</param>
    /// <param name="node">The layer.</param>
    /// <param name="samples">Samples of a chunk.</param>
    public GramWorkspace(Device device, Network network, int node, int samples)
    {
        (_features, _outputs) = Sizes(network, node);
        _capacity = Capacity(network, node, samples);
        _inputs = device.Allocate<T>(checked(_capacity * _features));
        _curvature = device.Allocate<T>(checked(_capacity * _outputs * _outputs));
    }

    /// <summary>Samples that are kept.</summary>
    public int Samples { get; private set; }

    /// <summary>x, [samples, F].</summary>
    public View<T> Inputs => _inputs.View.Slice(0, Samples * _features);

    /// <summary>M, [samples, C] for each output.</summary>
    public Batch<T> Curvature => new(_curvature.View, Stride);

    private int Stride => _capacity * _outputs;

    /// <summary>Elements of a layer's workspace.</summary>
    public static long Elements(Network network, int node, int samples) => Capacity(network, node, samples) * PerSample(network, node);

    /// <summary>Whether so many more samples fit.</summary>
    public bool Takes(int samples) => Samples + samples <= _capacity;

    /// <summary>Forgets what is kept.</summary>
    public void Clear() => Samples = 0;

    /// <summary>Keeps M of the next samples for outputs <paramref name="first"/>, ….</summary>
    /// <param name="kernels">The device's kernels.</param>
    /// <param name="first">The first output.</param>
    /// <param name="count">How many outputs.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="curvature">[count, samples, C].</param>
    public void KeepCurvature(IKernels<T> kernels, int first, int count, int samples, View<T> curvature)
    {
        int start = (first * Stride) + (Samples * _outputs);
        kernels.Copy(
            count, samples * _outputs, new(curvature, samples * _outputs), new(_curvature.View.Slice(start, _curvature.Length - start), Stride), false);
    }

    /// <summary>Keeps x of the next samples, after their M.</summary>
    /// <param name="kernels">The device's kernels.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="inputs">[samples, F].</param>
    public void KeepInputs(IKernels<T> kernels, int samples, View<T> inputs)
    {
        View<T> place = _inputs.View.Slice(Samples * _features, samples * _features);
        kernels.Copy(1, place.Length, Batch<T>.Shared(inputs), Batch<T>.Shared(place), false);
        Samples += samples;
    }

    // By the network's sizes alone, so that the same chunks give the same bits whatever memory there is:
    // nothing is kept where M of a sample is larger than the sample's values and their adjoints.
    private static int Capacity(Network network, int node, int samples)
        => PerSample(network, node) <= 2 * network.Values.Sum(shape => (long)shape.Size) ? checked(Chunks * samples) : 0;

    private static long PerSample(Network network, int node)
    {
        (int features, int outputs) = Sizes(network, node);
        return features + ((long)outputs * outputs);
    }

    private static (int Features, int Outputs) Sizes(Network network, int node)
        => (network.Nodes[node].Operator.Inputs[0].Size, network.Nodes[node].Operator.Output.Size);

    public void Dispose()
    {
        _inputs.Dispose();
        _curvature.Dispose();
    }
}
