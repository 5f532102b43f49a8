using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Digits;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.PredictJob;

/// <summary>The job for pictures: their preparation, the model's weights, one pass through the network.</summary>
public static class PredictRun
{
    /// <summary>Does the job.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch of a training.</param>
    /// <exception cref="ExplainedException">Pictures, data, device or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static PredictResult Execute(PredictOptions options, Device device, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Precision == Precision.Float32
            ? Execute<float>(options, device, view, cancellation)
            : Execute<double>(options, device, view, cancellation);
    }

    private static PredictResult Execute<T>(PredictOptions options, Device device, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GreyPicture[] pictures = [.. options.Pictures.Select(file => DigitPreparation.Prepare(PictureReader.Read(file), file))];
        byte[] levels = [.. pictures.SelectMany(picture => picture.Levels)];
        var digits = new Dataset(levels, new byte[pictures.Length], MnistFiles.ImageSize, MnistFiles.ImageSize);
        var model = RequestedModel.Open(options.Model);
        ModelCatalog.CheckFits(model.Network, digits);
        (model, StoredWeights? stored) = model.Loaded();
        view.Say($"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, "to be trained")}");
        foreach (string note in model.Notes)
            view.Say(note);
        var random = new NumpyRandom(options.Seed);
        (MnistData? data, int[] indices) = DataOf(options, stored, model.Network, random, view);
        PixelChoice pixels = data?.Pixels ?? Inputs.Choose(options.Normalize?.Given, stored, model.Network, view);
        double[] weights = stored?.Values ?? options.Training.Start(model.Network, random);
        if (stored is null)
            model = model with { Network = Beginning.Measured<T>(model.Network, weights, data!.Training, indices, device, options, view, cancellation) };
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        TrainingHistory? training = null;
        if (stored is null)
        {
            (weights, training) = TrainingStep.Run(
                plan,
                data!,
                indices,
                model.Name,
                options.Training.Options(options.BatchSize, weightDecay: 0),
                weights,
                view,
                cancellation);
        }

        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        NormalizationTrials? trials = stored is { Normalization: null } && data is not null ? NormalizationTrials.Of(plan, data.Training, indices, view) : null;
        Matrix outputs = Evaluation.Outputs(plan, DatasetSamples.All(digits.With(pixels.Used)));
        ImmutableArray<Prediction> predictions = [.. pictures.Select(
            (picture, i) => PredictionOf(options.Pictures[i], picture, outputs.Row(i), model.Network))];
        return new(options, device.Description, model, model.Sha256(), training, predictions, pixels) { Weights = stored, Trials = trials };
    }

    // Images to train on, to take mean and deviation from, or to try foreign weights on, if there are any;
    // given weights that say how they were trained need none.
    private static (MnistData? Data, int[] Indices) DataOf(PredictOptions options, StoredWeights? stored, Network network, NumpyRandom random, IRunView view)
    {
        bool needed = stored is null || options.Normalize is { Given: null };
        if (!needed && (stored!.Normalization is not null || !Directory.Exists(options.DataFolder)))
            return (null, []);
        MnistData data = view.During("Reading images", _ => MnistFiles.Load(options.DataFolder));
        int[] indices = Subset.Choose(options, data.Training.Count, random);
        return (Inputs.Prepare(data, options.Normalize, stored, network, indices, view), indices);
    }

    private static Prediction PredictionOf(string file, GreyPicture picture, ReadOnlySpan<double> outputs, Network network)
    {
        Answer answer = Answer.Of(outputs, network);
        return new(file, picture, answer.Class, [.. outputs], answer.Probabilities);
    }
}
