using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Training;

/// <summary>What can be asked of a training besides its data, with the notebook's values as defaults.</summary>
public sealed record TrainingRequest
{
    /// <summary>The notebook's values.</summary>
    public static TrainingRequest Usual { get; } = new();

    /// <summary>Passes over the samples.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The learning rate of the first epoch.</summary>
    public double LearningRate { get; init; } = 1.0;

    /// <summary>What the learning rate is multiplied by after each epoch.</summary>
    public double Gamma { get; init; } = 0.7;

    /// <summary>σ of the initial weights; null for 1/√F with the number F of inputs that an output of their layer sums over.</summary>
    public double? InitialDeviation { get; init; }

    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public void Check()
    {
        NumberRanges.Epochs.Demand("--epochs", Epochs);
        NumberRanges.Rate.Demand("--lr", LearningRate);
        NumberRanges.Rate.Demand("--gamma", Gamma);
        NumberRanges.Deviation.Demand("--sigma", InitialDeviation);
    }

    /// <summary>How a model is trained.</summary>
    /// <param name="batchSize">Samples of a batch.</param>
    /// <param name="weightDecay">λ of the penalty ½λ|θ|².</param>
    public Hyperparameters Options(int batchSize, double weightDecay) => new(Epochs, batchSize, LearningRate, Gamma, weightDecay);

    /// <summary>Where its training starts: weights drawn at random, biases 0.</summary>
    public double[] Start(Network network, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return InitialDeviation is { } deviation
            ? InitialWeights.Normal(network, random.NextGaussian, deviation)
            : InitialWeights.NormalByInputs(network, random.NextGaussian);
    }
}
