using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What every job with a model and images begins with.</summary>
/// <param name="Model">The model, with what its weights say of its network.</param>
/// <param name="Stored">What was read of its weights; null if it has none yet.</param>
/// <param name="Data">The images, with their pixels made into inputs.</param>
/// <param name="Indices">The training images that are used, in order.</param>
/// <param name="Random">The run's stream, from which the images were drawn and the weights may be.</param>
internal sealed record JobInputs(RequestedModel Model, StoredWeights? Stored, MnistData Data, int[] Indices, NumpyRandom Random)
{
    /// <summary>Reads them, checks that they fit together, and says what they are.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="model">The model.</param>
    /// <param name="without">What becomes of a model without weights: "to be trained".</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="ExplainedException">Weights, images or indices are missing, damaged, or do not fit.</exception>
    public static JobInputs Read(JobOptions options, RequestedModel model, string without, IRunView view)
    {
        (model, StoredWeights? stored) = model.Loaded();
        MnistData data = view.During("Reading images", _ => MnistFiles.Load(options.DataFolder));
        ModelCatalog.CheckFits(model.Network, data.Training);
        var random = new NumpyRandom(options.Seed);
        int[] indices = Subset.Choose(options, data.Training.Count, random);
        view.Say(
            $"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, without)}; "
            + $"{indices.Length} of {data.Training.Count} training images, {data.Test.Count} test images");
        foreach (string note in model.Notes)
            view.Say(note);
        return new(model, stored, Inputs.Prepare(data, options.Normalize, stored, model.Network, indices, view), indices, random);
    }
}
