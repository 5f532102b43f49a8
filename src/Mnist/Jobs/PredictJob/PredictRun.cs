using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Pictures;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
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
        var digits = Dataset.OfPixels(new(new Shape(1, 28, 28), ElementKind.Pixels), levels, []);
        var model = RequestedModel.Open(options.Model, layout: null);
        StoredWeights? stored = model.ReadWeights();
        double[]? weights = stored?.Values;
        view.Say($"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, "to be trained")}");
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        var random = new NumpyRandom(options.Seed);
        (DataParts? data, int[] indices) = DataOf(options, stored, model.Network, random, view);
        InputChoice pixels = data?.Inputs ?? Inputs.Choose(options.Normalize?.Given, stored, model.Network, InputChoice.Usual, view);
        TrainingHistory? training = null;
        if (weights is null)
        {
            (weights, training) = TrainingStep.Run(
                plan,
                data!,
                indices,
                model.Name,
                options.Training.Options(options.BatchSize, weightDecay: 0),
                options.Training.Start(model.Network, random),
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
    private static (DataParts? Data, int[] Indices) DataOf(PredictOptions options, StoredWeights? stored, Network network, NumpyRandom random, IRunView view)
    {
        bool needed = stored is null || options.Normalize is { Given: null };
        if (!needed && (stored!.Normalization is not null || !Path.Exists(options.Data.Path)))
            return (null, []);
        DataSource source = JobInputs.Open(options, view);
        int[] indices = Subset.Choose(options, source.TrainingCount, random);
        return (Inputs.Prepare(source.Load(indices), options.Normalize, stored, indices, view), indices);
    }

    private static Prediction PredictionOf(string file, GreyPicture picture, ReadOnlySpan<double> outputs, Network network)
    {
        Answer answer = Answer.Of(outputs, network);
        return new(file, picture, answer.Class, [.. outputs], answer.Probabilities);
    }
}
