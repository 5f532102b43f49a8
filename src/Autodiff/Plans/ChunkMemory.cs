using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// A plan's memory for a chunk of samples: its values, adjoints and what operators save, the parameters, and the staging arrays through which samples reach the
/// device.
/// </summary>
internal sealed class ChunkMemory<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly Device _device;
    private readonly DeviceBuffer<T> _numbers;
    private readonly DeviceBuffer<int> _indices;
    private readonly T[] _weights;
    private readonly T[] _targets;
    private readonly int[] _labels;
    private readonly T[] _losses;
    private readonly T[] _outputs;
    private DeviceBuffer<T>? _vectors;
    private T[] _vectorStage = [];
    private T[] _inputs = [];

    public ChunkMemory(Network network, Device device, int samples, bool[] adjoints)
    {
        (_network, _device) = (network, device);
        _numbers = device.Allocate<T>(checked((int)Numbers(network, samples, adjoints)));
        var numbers = new Arena<T>(_numbers.View);
        Parameters = numbers.Place(network.ParameterCount);
        ParameterAdjoints = numbers.Place(network.ParameterCount);
        TiedAdjoints = [.. network.TiedUses.Select(use => numbers.Place(use.Parameter.Size))];
        Weights = numbers.Place(samples);
        Targets = numbers.Place(samples * network.Loss.TargetLength);
        Values = [.. network.Values.Select(shape => numbers.Place(samples * shape.Size))];
        View<T> adjointsPlace = numbers.Place(checked((int)(samples * AdjointsSize(network, adjoints))));
        var apart = new Arena<T>(adjointsPlace);
        Adjoints = [.. network.Values.Select((shape, value) => adjoints[value] ? apart.Place(samples * shape.Size) : default)];
        PassingAdjoints = AdjointPlaces.Of(network, adjoints, Reach.ReverseNodes(network, adjoints, 0)).In(adjointsPlace, samples);
        Saved = [.. network.Nodes.Select(node => numbers.Place((int)(samples * node.Operator.SavedLength)))];
        Constants = [.. network.Nodes.Select(node => Written(node.Operator.Constants, numbers))];

        _indices = device.Allocate<int>(checked((int)Indices(network, samples)));
        var indices = new Arena<int>(_indices.View);
        Labels = indices.Place(samples * LabelPlaces(network));
        SavedIndices = [.. network.Nodes.Select(node => indices.Place((int)(samples * node.Operator.SavedIndices)))];
        FixedIndices = [.. network.Nodes.Select(node => Written(node.Operator.FixedIndices, indices))];

        _weights = new T[samples];
        _labels = new int[samples * network.Loss.LabelsPerSample];
        _targets = new T[samples * network.Loss.TargetLength];
        _losses = new T[samples];
        _outputs = new T[checked(samples * network.Values[network.OutputValue].Size)];
    }

    /// <summary>θ, [n].</summary>
    public View<T> Parameters { get; }

    /// <summary>[V, n]: the weight vectors that were written last; there from when some are.</summary>
    public View<T> WeightVectors => _vectors is null ? default : _vectors.View;

    /// <summary>The gradient over the chunk, [n].</summary>
    public View<T> ParameterAdjoints { get; }

    /// <summary>The gradient in a tensor at each place where it is taken once more.</summary>
    public View<T>[] TiedAdjoints { get; }

    /// <summary>The samples' weights ω.</summary>
    public View<T> Weights { get; }

    /// <summary>The samples' classes, if the loss takes labels.</summary>
    public View<int> Labels { get; }

    /// <summary>The samples' targets, if the loss takes real ones.</summary>
    public View<T> Targets { get; }

    /// <summary>For each value its place.</summary>
    public View<T>[] Values { get; }

    /// <summary>For each value the place of its adjoint, apart from all others; empty where it is not wanted.</summary>
    public View<T>[] Adjoints { get; }

    /// <summary>The same where each is there as long as one adjoint pass needs it, in the memory of <see cref="Adjoints"/>.</summary>
    public View<T>[] PassingAdjoints { get; }

    /// <summary>For each node what its operator saves.</summary>
    public View<T>[] Saved { get; }

    /// <summary>For each node its operator's constants.</summary>
    public View<T>[] Constants { get; }

    /// <summary>For each node the indices that its operator saves.</summary>
    public View<int>[] SavedIndices { get; }

    /// <summary>For each node the indices of its operator that all samples share.</summary>
    public View<int>[] FixedIndices { get; }

    /// <summary>Elements of the larger of the two buffers that this memory takes for chunks of so many samples.</summary>
    public static long LargestBuffer(Network network, int samples)
        => Math.Max(Numbers(network, samples, Reach.Adjoints(network, 0)), Indices(network, samples));

    /// <summary>Bytes on the device that this memory takes for chunks of so many samples.</summary>
    public static long Bytes(Network network, int samples)
        => (Numbers(network, samples, Reach.Adjoints(network, 0)) * Unsafe.SizeOf<T>()) + (Indices(network, samples) * sizeof(int));

    /// <summary>Puts weight vectors on the device, rounded to its precision.</summary>
    public void WriteWeightVectors(ReadOnlySpan<double> vectors)
    {
        if (_vectorStage.Length < vectors.Length)
        {
            _vectors?.Dispose();
            _vectors = _device.Allocate<T>(vectors.Length);
            _vectorStage = new T[vectors.Length];
        }

        Rounding.Copy<T>(vectors, _vectorStage);
        WeightVectors.Write(_vectorStage.AsSpan(0, vectors.Length));
    }

    /// <summary>
    /// Puts samples on the device, and checks that their labels are classes and their tokens are tokens of the network;
    /// labels, targets and weights several times one after the other, once for each weight vector.
    /// </summary>
    public void Load(ISamples samples, int first, int count, int copies)
    {
        CheckLabelsPerSample(samples.LabelsPerSample);
        View<T> place = Values[0].Slice(0, count * _network.Input.Size);
        bool reached = place.TryReach(out Memory<T> inputs);
        if (!reached)
            inputs = StagedInputs(place.Length);
        Memory<int> labels = _labels.AsMemory(0, count * _network.Loss.LabelsPerSample);
        Memory<T> targets = _targets.AsMemory(0, count * _network.Loss.TargetLength);
        Memory<T> weights = _weights.AsMemory(0, count);
        var read = new ReadSamples<T>(samples, first, inputs, labels, targets, weights);
        _device.Threads.Run(read.Parts, read);
        CheckLabels(first, labels.Span);
        CheckTargets(first, targets.Span);
        CheckTokens(first, inputs.Span);
        if (!reached)
            place.Write(inputs.Span);
        for (int copy = 0; copy < copies; copy++)
        {
            Write(Labels, copy, labels.Span);
            Write(Targets, copy, targets.Span);
            Write(Weights, copy, weights.Span);
        }
    }

    /// <summary>Σ ω ℓ over the samples loaded last, in ascending order and in double.</summary>
    public double ReadLoss(int count)
    {
        Values[^1].Read(_losses.AsSpan(0, count));
        double sum = 0;
        for (int s = 0; s < count; s++)
            sum += double.CreateTruncating(_weights[s]) * double.CreateTruncating(_losses[s]);
        return sum;
    }

    /// <summary>Adds ω ℓ of the samples loaded last, in ascending order and in double, to the loss of each weight vector.</summary>
    public void AddLosses(int count, Span<double> losses)
    {
        Values[^1].Read(_losses.AsSpan(0, losses.Length * count));
        for (int vector = 0; vector < losses.Length; vector++)
        {
            for (int s = 0; s < count; s++)
                losses[vector] += double.CreateTruncating(_weights[s]) * double.CreateTruncating(_losses[(vector * count) + s]);
        }
    }

    /// <summary>Writes or adds the gradient over the chunk, in double.</summary>
    public void ReadGradient(Memory<double> gradient, bool accumulate) => Accumulation.Put(_device.Threads, ParameterAdjoints.Elements(), gradient, accumulate);

    /// <summary>
    /// How many rows of the samples loaded last have their largest output, the first of equals, at their label, or at their largest target. A single output
    /// for two classes is on its target's side of the loss's boundary.
    /// </summary>
    /// <param name="count">How many samples were loaded.</param>
    /// <param name="places">Rows of a sample: how many labels it has.</param>
    public int ReadCorrect(int count, int places)
    {
        int rows = count * places, outputs = _outputs.Length / _losses.Length / places;
        Values[_network.OutputValue].Read(_outputs.AsSpan(0, rows * outputs));
        int correct = 0;
        for (int row = 0; row < rows; row++)
        {
            int wanted = _network.Loss.TakesLabels ? _labels[row] : ClassOf(_targets.AsSpan(row * outputs, outputs), 0.5);
            if (ClassOf(_outputs.AsSpan(row * outputs, outputs), _network.Loss.Boundary) == wanted)
                correct++;
        }

        return correct;
    }

    public void Dispose()
    {
        _vectors?.Dispose();
        _numbers.Dispose();
        _indices.Dispose();
    }

    private static long Numbers(Network network, int samples, bool[] adjoints)
    {
        long values = network.Values.Sum(shape => (long)shape.Size) + AdjointsSize(network, adjoints);
        long saved = network.Nodes.Sum(node => node.Operator.SavedLength);
        long constants = network.Nodes.Sum(node => (long)node.Operator.Constants.Length);
        long tied = network.TiedUses.Sum(use => (long)use.Parameter.Size);
        return (2L * network.ParameterCount) + constants + tied + (samples * (values + saved + network.Loss.TargetLength + 1));
    }

    private static long AdjointsSize(Network network, bool[] adjoints) => network.Values.Where((_, value) => adjoints[value]).Sum(shape => (long)shape.Size);

    private static View<T> Written(ImmutableArray<double> constants, Arena<T> arena)
    {
        View<T> place = arena.Place(constants.Length);
        place.Write([.. constants.Select(T.CreateTruncating)]);
        return place;
    }

    private static long Indices(Network network, int samples)
        => (samples * (LabelPlaces(network) + network.Nodes.Sum(node => node.Operator.SavedIndices)))
            + network.Nodes.Sum(node => (long)node.Operator.FixedIndices.Length);

    // A place for one label is there in any case.
    private static int LabelPlaces(Network network) => Math.Max(1, network.Loss.LabelsPerSample);

    private static View<int> Written(ImmutableArray<int> indices, Arena<int> arena)
    {
        View<int> place = arena.Place(indices.Length);
        place.Write(indices.AsSpan());
        return place;
    }

    private static void Write<TElement>(View<TElement> place, int copy, ReadOnlySpan<TElement> values)
        where TElement : unmanaged
        => place.Slice(copy * values.Length, values.Length).Write(values);

    private int ClassOf(ReadOnlySpan<T> values, double boundary)
        => values.Length == 1 && !_network.Loss.TakesLabels ? double.CreateTruncating(values[0]) > boundary ? 1 : 0 : IndexOfLargest(values);

    private static int IndexOfLargest(ReadOnlySpan<T> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }

    private Memory<T> StagedInputs(int length)
    {
        if (_inputs.Length < length)
            _inputs = new T[Values[0].Length];
        return _inputs.AsMemory(0, length);
    }

    private void CheckTokens(int first, ReadOnlySpan<T> inputs)
    {
        if (_network.TokenCount == 0)
            return;
        T count = T.CreateTruncating(_network.TokenCount);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!(T.IsInteger(inputs[i]) && inputs[i] >= T.Zero && inputs[i] < count))
                throw new NetworkException(
                    $"Sample {first + (i / _network.Input.Size)} has {inputs[i]:R} at element {i % _network.Input.Size}, but the network takes tokens, "
                    + $"whole numbers 0 to {_network.TokenCount - 1}; check that data and network belong together.");
        }
    }

    // Samples that have targets instead say so when they are read.
    private void CheckLabelsPerSample(int given)
    {
        int taken = _network.Loss.LabelsPerSample;
        if (given > 0 && taken > 0 && given != taken)
            throw new NetworkException(
                $"The network's loss takes {taken} label(s) for each sample, one for each row of logits, but the samples have {given}; "
                + $"check that data and network belong together.");
    }

    private void CheckLabels(int first, ReadOnlySpan<int> labels)
    {
        int classes = _network.Loss.LabelCount;
        for (int s = 0; s < labels.Length; s++)
        {
            if ((uint)labels[s] >= (uint)classes)
                throw new NetworkException(
                    $"Sample {first + (s / _network.Loss.LabelsPerSample)} has the label {labels[s]}, but the network has {classes} classes and takes "
                    + $"labels 0 to {classes - 1}; "
                    + $"check that data and network belong together.");
        }
    }

    private void CheckTargets(int first, ReadOnlySpan<T> targets)
    {
        (double least, double most) = _network.Loss.TargetRange;
        if (double.IsInfinity(least) && double.IsInfinity(most))
            return;
        for (int i = 0; i < targets.Length; i++)
        {
            double target = double.CreateTruncating(targets[i]);
            if (!(target >= least && target <= most))
                throw new NetworkException(
                    $"Sample {first + (i / _network.Loss.TargetLength)} has the target {target}, but {_network.Loss.Description} takes targets from {least} "
                    + $"to {most}; check that data and network belong together.");
        }
    }
}
