using BasinVolume.Data;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What every job with a model and data begins with.</summary>
/// <param name="Model">The model, with what its weights say of its network.</param>
/// <param name="Stored">What was read of its weights; null if it has none yet.</param>
/// <param name="Data">The samples, with their elements made into inputs.</param>
/// <param name="Indices">The training samples that are used, in order.</param>
/// <param name="Random">The run's stream, from which the samples were drawn and the weights may be.</param>
internal sealed record JobInputs(RequestedModel Model, StoredWeights? Stored, DataParts Data, int[] Indices, NumpyRandom Random)
{
    /// <summary>Opens the data of a job: all is known of it then but its samples.</summary>
    /// <exception cref="ExplainedException">It is missing, damaged, or something was said that says nothing about it.</exception>
    public static DataSource Open(JobOptions options, IRunView view) => view.During("Opening the data", _ => DataFiles.Open(options.Data));

    /// <summary>Reads them, checks that they fit together, and says what they are.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="model">The model.</param>
    /// <param name="source">The data.</param>
    /// <param name="without">What becomes of a model without weights: "to be trained".</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="ExplainedException">Weights, samples or indices are missing, damaged, or do not fit.</exception>
    public static JobInputs Read(JobOptions options, RequestedModel model, DataSource source, string without, IRunView view)
    {
        (model, StoredWeights? stored) = model.Loaded();
        ModelFit.Check(model.Network, source.Layout);
        var random = new NumpyRandom(options.Seed);
        int[] indices = Subset.Choose(options, source.TrainingCount, random);
        DataParts data = Load(source, indices, view);
        view.Say(
            $"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, without)}; "
            + $"{Counted(indices, source)}");
        foreach (string note in model.Notes)
            view.Say(note);
        return new(model, stored, Inputs.Prepare(data, options.Normalize, stored, indices, view), indices, random);
    }

    /// <summary>Reads the samples that are used, and says what they are where they are no images like MNIST's.</summary>
    public static DataParts Load(DataSource source, int[] indices, IRunView view)
    {
        DataParts data = view.During($"Reading {source.Layout.Noun}", _ => source.Load(indices));
        if (!source.Layout.IsMnistLike || source.Note is not null)
            view.Say($"data: {source.Path} as {source.Format}, {source.Layout.Said}{(source.Note is { } note ? $"; {note}" : string.Empty)}");
        return data;
    }

    /// <summary>How many samples are used, for a person.</summary>
    public static string Counted(int[] indices, DataSource source)
    {
        string noun = source.Layout.Noun, test = source.TestCount > 0 ? $"{source.TestCount} test {noun}" : "no test data";
        return $"{indices.Length} of {source.TrainingCount} training {noun}, {test}";
    }
}
