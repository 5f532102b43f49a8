using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    // L = mean of (w x)² over samples, for x = 1, 2, 3: its gradient is 2 w mean x².
    private static readonly Network Line = new NetworkBuilder(new Shape(1)).Linear("w", 1, bias: false).MeanSquaredLoss().Build();
    private static readonly MatrixSamples Samples = new(new Matrix(3, 1, [1, 2, 3]), new Matrix(3, 1));

    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Of_a_parabola_each_step_is_known()
    {
        using var plan = new Plan<double>(Line, _device);
        var trainer = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, learningRate: 0.05), [1]);
        // Batches of samples 1 and 2, with the mean of squares 5/2, and of sample 3 alone, with 9.
        double expected = 1;
        List<StepResult> steps = [];
        foreach (StepResult step in trainer.Steps(Samples.Batches(2), epochs: 2))
        {
            double square = step.Batch == 1 ? 2.5 : 9;
            Assert.Equal(square * expected * expected, step.Loss, 1e-15);
            expected -= 0.05 * 2 * square * expected;
            Assert.Equal(expected, trainer.Weights[0], 1e-15);
            steps.Add(step);
        }

        Assert.Equal([(1, 1), (1, 2), (2, 1), (2, 2)], steps.Select(step => (step.Epoch, step.Batch)));
        double[] gradient = new double[1];
        Gradient.Compute(plan, Samples, gradient);
        Assert.Equal(2 * 14.0 / 3 * expected, gradient[0], 1e-14);
    }

    [Fact]
    public void It_goes_on_behind_steps_that_were_taken()
    {
        using var plan = new Plan<double>(Line, _device);
        var whole = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, 0.01), [1]);
        double[] losses = [.. whole.Steps(Samples.Batches(1), epochs: 2).Select(step => step.Loss)];
        var first = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, 0.01), [1]);
        Assert.Equal(losses[..4], first.Steps(Samples.Batches(1), epochs: 2).Take(4).Select(step => step.Loss));
        var second = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, 0.01), first.Weights);
        Assert.Equal(losses[4..], second.Steps(Samples.Batches(1), epochs: 2, done: 4).Select(step => step.Loss));
        Assert.Equal(whole.Parameters, second.Parameters);
    }

    [Fact]
    public void A_schedule_changes_the_rate_between_steps()
    {
        using var plan = new Plan<float>(Line, _device);
        var trainer = new Trainer<float>(plan, new Sgd<float>(_device.Threads, 1, 0.125f), [1]);
        foreach (StepResult step in trainer.Steps([Samples.Batches(1)[0]], epochs: 2))
            trainer.Optimizer.LearningRate = 0;
        // One step of 0.125 · 2 · 1, and one of none.
        Assert.Equal(0.75f, trainer.Parameters[0]);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_it_with_the_place()
    {
        using var plan = new Plan<double>(Line, _device);
        var trainer = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, 1e300), [1]);
        NumericalException error = Assert.Throws<NumericalException>(() => trainer.Steps(Samples.Batches(1), epochs: 9).Count());
        Assert.Contains("in epoch 1, batch 2 of 3, the loss is", error.Message, StringComparison.Ordinal);
        Assert.Contains("use a smaller learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_cancelled_and_wants_all_parameters()
    {
        using var plan = new Plan<double>(Line, _device);
        var trainer = new Trainer<double>(plan, new Sgd<double>(_device.Threads, 1, 0.1), [1]);
        Assert.Throws<OperationCanceledException>(() => trainer.Steps([Samples], epochs: 1, cancellation: new CancellationToken(true)).Count());
        Assert.Throws<NetworkException>(() => new Trainer<double>(plan, new Sgd<double>(_device.Threads, 2, 0.1), [1, 2]));
    }

    [Fact]
    public void Batches_have_all_samples_once_and_the_mean_of_their_own()
    {
        var weighted = new MatrixSamples(new Matrix(3, 1, [1, 2, 3]), new Matrix(3, 1, [4, 5, 6]), [0.5, 0.25, 0.25]);
        IReadOnlyList<ISamples> batches = weighted.Batches(2);
        Assert.Equal([2, 1], batches.Select(batch => batch.Count));
        double[] inputs = new double[1], targets = new double[1], weights = new double[1];
        batches[1].Read(0, inputs.AsSpan(), [], targets.AsSpan(), weights.AsSpan());
        Assert.Equal((3, 6, 0.75), (inputs[0], targets[0], weights[0]));
        batches[0].Read(1, inputs.AsSpan(), [], targets.AsSpan(), weights.AsSpan());
        Assert.Equal((2, 5, 0.25 * 3 / 2), (inputs[0], targets[0], weights[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => weighted.Batches(0));
    }
}
