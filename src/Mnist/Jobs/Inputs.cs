using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// How the elements of a job's samples become inputs: as was asked, else as the weights were trained, else with MNIST's constants for images like MNIST's and
/// as they are for all else; and it is said.
/// </summary>
internal static class Inputs
{
    // SHA-256 of MNIST's train-images-idx3-ubyte.
    private const string MnistTraining = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";

    /// <summary>The data of a job with its elements made into inputs.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="asked">What was asked; null for nothing.</param>
    /// <param name="weights">Weights that may say how they were trained; null if there are none yet.</param>
    /// <param name="indices">The training samples that are used.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="OptionException">The numbers asked for are of another number of channels than a sample has.</exception>
    /// <exception cref="DataException">The samples' own numbers are asked for, and their elements are all the same.</exception>
    public static DataParts Prepare(DataParts data, NormalizationChoice? asked, StoredWeights? weights, int[] indices, IRunView view)
    {
        DataLayout layout = data.Training.Layout;
        if (layout.Elements == ElementKind.Tokens && asked is not null && asked.Spelling != Normalization.NoneName)
            throw new OptionException(
                "The samples are tokens, which are names and no quantities, so that they have no mean; leave out --normalize, --mean and --std.");
        Normalization? given = asked is null ? null : asked.Given ?? SampleStatistics.Of(data.Training, indices, layout.Channels);
        InputChoice choice = Choose(
            given, weights, layout.UsualInputs, view, () => layout.IsMnistLike && !IsMnist(data) ? data.Levels!.Normalization() : null);
        CheckChannels(choice.Used, layout.Channels, $"a sample {layout.Shape} has");
        return data.With(choice);
    }

    /// <summary>How elements become inputs where there are no samples to look at.</summary>
    /// <param name="given">What was asked; null for nothing.</param>
    /// <param name="weights">Weights that may say how they were trained; null if there are none yet.</param>
    /// <param name="network">The network that takes the inputs.</param>
    /// <param name="usual">What is done where nobody says.</param>
    /// <param name="view">Who watches.</param>
    public static InputChoice Choose(Normalization? given, StoredWeights? weights, Network network, InputChoice usual, IRunView view)
    {
        InputChoice choice = Choose(given, weights, usual, view, () => null);
        CheckChannels(choice.Used, network.Input.Dimensions is [var channels, _, _] ? channels : 1, $"the model's input {network.Input} has");
        return choice;
    }

    private static void CheckChannels(Normalization used, int channels, string whose)
    {
        if (used.Channels != 1 && used.Channels != channels)
            throw new OptionException(
                $"{used.Spelling} has {used.Channels} pairs of mean and standard deviation, "
                + $"but {whose} {channels} channels; give one pair, or one for each, with --normalize.");
    }

    private static InputChoice Choose(Normalization? given, StoredWeights? weights, InputChoice usual, IRunView view, Func<Normalization?> ofData)
    {
        Normalization? recorded = weights?.Normalization;
        InputChoice choice = given is not null ? usual with { Used = given, Origin = InputOrigin.Option, Recorded = recorded }
            : recorded is not null ? usual with { Used = recorded, Origin = InputOrigin.Weights, Recorded = recorded }
            : usual with { OfData = ofData() };
        view.Say($"inputs: {choice.Said}");
        if (choice.Advice is { } advice)
            view.Say($"inputs: {advice}");
        return choice;
    }

    private static bool IsMnist(DataParts data) => data.Sha256.Values.Contains(MnistTraining);
}
