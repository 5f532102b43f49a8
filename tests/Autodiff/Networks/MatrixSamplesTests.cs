using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Networks;

public class MatrixSamplesTests
{
    private static readonly Network Classifier = new NetworkBuilder(new Shape(2)).Linear("a", 3, bias: false).SoftmaxLoss().Build();
    private static readonly Network Regression = new NetworkBuilder(new Shape(2)).Linear("a", 1, bias: false).MeanSquaredLoss().Build();

    private static readonly Matrix Inputs = new(3, 2, [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Without_weights_the_loss_is_the_mean_over_samples()
        // Targets 0, 1, 2 and outputs 1, 3, 5 at w = (1, 0): squares 1, 4, 9.
        => Assert.Equal(14.0 / 3, Loss(Regression, [1, 0], new MatrixSamples(Inputs, new Matrix(3, 1, [0, 1, 2]))), 1e-14);

    [Fact]
    public void With_weights_it_is_the_weighted_sum()
        => Assert.Equal((0.5 * 1) + (2 * 4) + (1 * 9), Loss(Regression, [1, 0], new MatrixSamples(Inputs, new Matrix(3, 1, [0, 1, 2]), [0.5, 2, 1])), 1e-14);

    [Fact]
    public void Labels_go_with_their_samples_whatever_the_chunks()
    {
        var samples = new MatrixSamples(Inputs, [2, 0, 1]);
        double[] weights = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6];
        // −log softmax of the label, written out.
        double expected = Enumerable.Range(0, 3).Average(s =>
        {
            double[] outputs = [.. Enumerable.Range(0, 3).Select(c => (weights[2 * c] * Inputs[s, 0]) + (weights[(2 * c) + 1] * Inputs[s, 1]))];
            return Math.Log(outputs.Sum(Math.Exp)) - outputs[new[] { 2, 0, 1 }[s]];
        });
        Assert.Equal(expected, Loss(Classifier, weights, samples), 1e-14);
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Classifier, device, PlanBudget.For<double>(Classifier, device.Description, 1 << 20) with { Samples = 2 });
        plan.SetParameters(weights);
        Assert.Equal(expected, Evaluation.Compute(plan, samples).Loss, 1e-14);
    }

    [Fact]
    public void No_samples_are_refused() => Refused("no samples", () => new MatrixSamples(new Matrix(0, 2), ReadOnlySpan<int>.Empty));

    [Fact]
    public void Labels_that_are_too_few_are_refused() => Refused("3 samples and 2 labels", () => new MatrixSamples(Inputs, [0, 1]));

    [Fact]
    public void Targets_that_are_too_few_are_refused() => Refused("3 samples and 2 rows of targets", () => new MatrixSamples(Inputs, new Matrix(2, 1)));

    [Fact]
    public void Weights_that_are_too_many_are_refused() => Refused("3 samples and 4 weights", () => new MatrixSamples(Inputs, [0, 1, 2], [1, 1, 1, 1]));

    [Fact]
    public void Inputs_of_another_size_than_the_networks_are_refused()
        => Refused("inputs of 3 elements where the network takes 2", () => Loss(Classifier, new double[6], new MatrixSamples(new Matrix(1, 3), [0])));

    [Fact]
    public void Labels_for_a_loss_that_takes_targets_are_refused()
        => Refused("targets of 0 elements where the network takes 1", () => Loss(Regression, [1, 0], new MatrixSamples(Inputs, [0, 0, 0])));

    [Fact]
    public void Targets_for_a_loss_that_takes_labels_are_refused()
        => Refused("the samples have targets", () => Loss(Classifier, new double[6], new MatrixSamples(Inputs, new Matrix(3, 0))));

    private static double Loss(Network network, double[] weights, MatrixSamples samples)
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(weights);
        return Evaluation.Compute(plan, samples).Loss;
    }

    private static void Refused(string part, Func<object> action)
        => Assert.Contains(part, Assert.Throws<NetworkException>(() => { _ = action(); }).Message, StringComparison.Ordinal);
}
