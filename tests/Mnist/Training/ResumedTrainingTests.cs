using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Tests.Reference;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Tests.Training;

/// <summary>A training that goes on from any of its batches ends with the bits of one in one go.</summary>
public sealed class ResumedTrainingTests : IDisposable
{
    private static readonly Hyperparameters Options = new(Epochs: 3, BatchSize: 64, LearningRate: 1, Gamma: 0.7, WeightDecay: 1e-3);

    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void In_double_it_has_the_same_bits() => AssertSame<double>();

    [Fact]
    public void In_float_it_has_the_same_bits() => AssertSame<float>();

    [Fact]
    public void Whoever_stops_it_has_the_state_and_the_weights_of_the_last_whole_epoch()
    {
        using var source = new CancellationTokenSource();
        var keeper = new Keeper<double>(begun: null) { StopsAfter = (6, source) };
        Assert.Throws<OperationCanceledException>(() => Train(keeper, source.Token));
        TrainingState<double> state = Assert.Single(keeper.Interruptions);
        Assert.Equal((6, 1), (state.StepLosses.Length, state.Epochs.Length));
        // Four batches an epoch: the weights after the fourth.
        Assert.Equal(keeper.Kept[3].Parameters, state.WholeEpoch);
    }

    // From the beginning, in the middle of an epoch, between its last batch and its test, at the beginning of the next, and behind the end.
    private void AssertSame<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var keeper = new Keeper<T>(begun: null);
        TrainingResult<T> whole = Train(keeper);
        Assert.Equal([.. Enumerable.Range(1, 12), 12], keeper.Kept.Select(state => state.StepLosses.Length));
        Assert.All(new[] { 0, 1, 3, 4, 6, 10, 11, 12 }, place =>
        {
            TrainingResult<T> resumed = Train(new Keeper<T>(keeper.Kept[place]));
            Assert.Equal(whole.Parameters, resumed.Parameters);
            Assert.Equal(whole.StepLosses, resumed.StepLosses);
            Assert.Equal(whole.Epochs, resumed.Epochs);
        });
    }

    // 250 images in chunks of 40: the last batch of an epoch is smaller, and a batch is several chunks.
    private TrainingResult<T> Train<T>(Keeper<T> keeper, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(PyTorch.Network, _device, new PlanBudget(40, 1 << 20));
        return new SubsetTrainer<T>(plan, PyTorch.Data with { Test = null }, PyTorch.Indices[..250], Options).Run(
            PyTorch.Weights("plain_init"), keeper: keeper, cancellation: cancellation);
    }

    private sealed class Keeper<T>(TrainingState<T>? begun) : ITrainingKeeper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<TrainingState<T>> Kept { get; } = [];

        public List<TrainingState<T>> Interruptions { get; } = [];

        public (int Batches, CancellationTokenSource Source)? StopsAfter { get; init; }

        public TrainingState<T>? Begun => begun;

        public double SecondsBefore => 0;

        public bool IsDue => true;

        public void Keep(TrainingState<T> state)
        {
            Kept.Add(state with { Parameters = [.. state.Parameters], Squares = [.. state.Squares], Steps = [.. state.Steps] });
            if (StopsAfter is { } stops && Kept.Count == stops.Batches)
                stops.Source.Cancel();
        }

        public void Interrupted(TrainingState<T> state) => Interruptions.Add(state);
    }
}
