using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Mnist.Tests.Reference;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Tests.Training;

/// <summary>Training follows PyTorch's step by step when it starts from the same weights and takes the same images.</summary>
public sealed class SubsetTrainerTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("l2")]
    public void In_double_all_240_losses_are_pytorchs_to_1e_9(string model)
    {
        TrainingResult<double> result = Train<double>(model);
        AssertLosses(PyTorch.Numbers(model + "_step_losses_float64"), result.StepLosses, 1e-9);
        AssertTests(PyTorch.Numbers(model + "_test_float64"), result.Epochs, 1e-9, 0);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("l2")]
    public void In_float_all_240_losses_are_pytorchs_to_1e_3(string model)
    {
        TrainingResult<float> result = Train<float>(model);
        AssertLosses(PyTorch.Numbers(model + "_step_losses_float32"), result.StepLosses, 1e-3);
        // In float a few of 10,000 close calls may fall to the other side.
        AssertTests(PyTorch.Numbers(model + "_test_float32"), result.Epochs, 1e-3, 10);
    }

    [Fact]
    public void Losses_that_are_not_numbers_end_training_with_a_reason()
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        var trainer = new SubsetTrainer<double>(plan, PyTorch.Data, PyTorch.Indices, new Hyperparameters(1, 64, 1e308, 1, 0));
        double[] initial = PyTorch.Weights("plain_init");
        TestFiles.AssertExplained<NumericalException>(() => trainer.Run(initial), "epoch 1, batch", "of 24", "finite", "smaller learning rate");
    }

    [Fact]
    public void Cancellation_stops_training()
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        var trainer = new SubsetTrainer<double>(plan, PyTorch.Data, PyTorch.Indices, new Hyperparameters(1, 64, 1, 1, 0));
        double[] initial = PyTorch.Weights("plain_init");
        Assert.Throws<OperationCanceledException>(() => trainer.Run(initial, cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void Cancellation_stops_training_between_two_batches_and_the_plan_can_be_trained_again()
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        var trainer = new SubsetTrainer<double>(plan, PyTorch.Data with { Test = null }, PyTorch.Indices, new Hyperparameters(1, 64, 1, 1, 0));
        double[] initial = PyTorch.Weights("plain_init");
        using var source = new CancellationTokenSource();
        var watch = new Cancelling(source, after: 5);
        Assert.Throws<OperationCanceledException>(() => trainer.Run(initial, progress: watch, cancellation: source.Token));
        Assert.Equal(5, watch.Batches);
        Assert.Equal(24, trainer.Run(initial).StepLosses.Length);
    }

    [Fact]
    public void A_sample_that_cannot_be_read_ends_training_with_the_reason()
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        int[] indices = [.. PyTorch.Indices[..200], PyTorch.Data.Training.Count];
        var trainer = new SubsetTrainer<double>(plan, PyTorch.Data, indices, new Hyperparameters(1, 64, 1, 1, 0));
        double[] initial = PyTorch.Weights("plain_init");
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Run(initial)).ParamName);
    }

    private TrainingResult<T> Train<T>(string model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(PyTorch.Network, _device);
        var options = new NotebookOptions { Data = new("unused", DataOptions.None), OutputFolder = "unused" };
        NotebookModel preset = NotebookModel.Both(options).Single(each => each.Name == model);
        return new SubsetTrainer<T>(plan, PyTorch.Data, PyTorch.Indices, preset.Training).Run(PyTorch.Weights(model + "_init"));
    }

    private static void AssertLosses(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(240, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * pair.First));
    }

    private static void AssertTests(double[] expected, IReadOnlyList<EpochResult> actual, double tolerance, int close)
    {
        Assert.Equal(10, actual.Count);
        for (int epoch = 0; epoch < 10; epoch++)
        {
            Mnist.Training.SampleResult test = actual[epoch].Test!;
            Assert.Equal(expected[2 * epoch], test.Loss, tolerance * expected[2 * epoch]);
            Assert.InRange(test.Correct!.Value - expected[(2 * epoch) + 1], -close, close);
            Assert.Equal(10000, test.Total);
        }
    }

    private sealed class Cancelling(CancellationTokenSource source, int after) : IProgress<double>
    {
        public int Batches { get; private set; }

        public void Report(double value)
        {
            if (++Batches == after)
                source.Cancel();
        }
    }
}
