using System.CommandLine;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of every command that may train a model.</summary>
internal sealed class TrainingOptionSet
{
    private readonly Option<int> _epochs = NumberOption.Of("--epochs", "Passes over the samples.", TrainingRequest.Usual.Epochs, NumberRanges.Epochs);
    private readonly Option<double> _learningRate = NumberOption.Of(
        "--lr", "Learning rate of the first epoch.", TrainingRequest.Usual.LearningRate, NumberRanges.Rate);
    private readonly Option<double> _gamma;

    /// <summary>The options.</summary>
    /// <param name="decaying">Whose learning rate decays, in the genitive.</param>
    public TrainingOptionSet(string decaying = "the")
        => _gamma = NumberOption.Of("--gamma", $"Factor on {decaying} learning rate after each epoch.", TrainingRequest.Usual.Gamma, NumberRanges.Rate);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_epochs);
        command.Options.Add(_learningRate);
        command.Options.Add(_gamma);
    }

    /// <summary>What was asked.</summary>
    public TrainingRequest Read(ParseResult parsed)
        => new() { Epochs = parsed.GetValue(_epochs), LearningRate = parsed.GetValue(_learningRate), Gamma = parsed.GetValue(_gamma) };
}
