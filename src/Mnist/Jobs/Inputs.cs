using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>How the pixels of a job become inputs: as was asked, else as the weights were trained, else with MNIST's constants; and it is said.</summary>
internal static class Inputs
{
    // SHA-256 of MNIST's train-images-idx3-ubyte.
    private const string MnistTraining = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";

    /// <summary>The data of a job with its pixels made into inputs.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="asked">What was asked; null for nothing.</param>
    /// <param name="weights">Weights that may say how they were trained; null if there are none yet.</param>
    /// <param name="network">The network that takes the inputs.</param>
    /// <param name="indices">The training images that are used.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="OptionException">The numbers asked for are of another number of channels than the network's input.</exception>
    /// <exception cref="DataException">The samples' own numbers are asked for, and their pixels are all the same.</exception>
    public static MnistData Prepare(MnistData data, NormalizationChoice? asked, StoredWeights? weights, Network network, int[] indices, IRunView view)
    {
        Normalization? given = asked is null ? null : asked.Given ?? PixelStatistics.Of(data.Training, indices, ChannelsOf(network));
        PixelChoice choice = Choose(given, weights, network, view, () => IsMnist(data) ? null : PixelStatistics.Of(
            data.Training, Enumerable.Range(0, data.Training.Count), channels: 1));
        return data with { Training = data.Training.With(choice.Used), Test = data.Test.With(choice.Used), Pixels = choice };
    }

    /// <summary>How pixels become inputs where there are no images to look at.</summary>
    public static PixelChoice Choose(Normalization? given, StoredWeights? weights, Network network, IRunView view)
        => Choose(given, weights, network, view, () => null);

    /// <summary>How many channels a network's input has.</summary>
    private static int ChannelsOf(Network network) => network.Input.Dimensions is [var channels, _, _] ? channels : 1;

    private static PixelChoice Choose(Normalization? given, StoredWeights? weights, Network network, IRunView view, Func<Normalization?> ofData)
    {
        Normalization? recorded = weights?.Normalization;
        PixelChoice choice = given is not null ? new(given, PixelOrigin.Option, recorded, OfData: null)
            : recorded is not null ? new(recorded, PixelOrigin.Weights, recorded, OfData: null)
            : PixelChoice.Usual with { OfData = ofData() };
        int channels = ChannelsOf(network);
        if (choice.Used.Channels != 1 && choice.Used.Channels != channels)
            throw new OptionException(
                $"{choice.Used.Spelling} has {choice.Used.Channels} pairs of mean and standard deviation, "
                + $"but the model's input {network.Input} has {channels} channels; give one pair, or one for each, with --normalize.");
        view.Say($"inputs: {choice.Said}");
        if (choice.Advice is { } advice)
            view.Say($"inputs: {advice}");
        return choice;
    }

    private static bool IsMnist(MnistData data) => data.Sha256.Values.Contains(MnistTraining);
}
