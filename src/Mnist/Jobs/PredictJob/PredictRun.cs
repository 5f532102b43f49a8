using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
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
        DataSource? source = SourceOf(options, view);
        var model = RequestedModel.Open(options.Model, source?.Layout);
        if (IsNeeded(options) && source is not null)
            ModelFit.Check(model.Network, source.Layout);
        else if (source is not null && ModelFit.FaultOf(model.Network, source.Layout) is not null)
            source = null;
        var setting = PredictionSetting.Of(model, source?.Layout);
        InputPicture[] pictures = [.. options.Pictures.Select(file => Prepared(file, setting))];
        (model, StoredWeights? stored) = model.Loaded();
        view.Say($"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, "to be trained")}");
        foreach (string note in model.Notes)
            view.Say(note);
        var random = new NumpyRandom(options.Seed);
        (DataParts? data, int[] indices) = DataOf(options, source, stored, random, view);
        InputChoice inputs = data?.Inputs ?? Inputs.Choose(options.Normalize?.Given, stored, model.Network, setting.UsualInputs, view);
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
                keeper: null,
                cancellation);
        }

        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        NormalizationTrials? trials = stored is { Normalization: null } && data is not null ? NormalizationTrials.Of(plan, data.Training, indices, view) : null;
        var samples = Dataset.OfPixels(new(setting.Shape, ElementKind.Pixels), [.. pictures.SelectMany(picture => picture.Levels)], []);
        Matrix outputs = Evaluation.Outputs(plan, new PictureSamples(samples.With(inputs.Used)));
        ImmutableArray<Prediction> predictions = [.. pictures.Select(
            (picture, i) => Prediction.Of(options.Pictures[i], picture, outputs.Row(i), model.Network, setting.Classes))];
        return new(options, device.Description, model, model.Sha256(), training, predictions, inputs)
        {
            Weights = stored,
            Trials = trials,
            Classes = setting.Classes,
            Targets = setting.Targets,
        };
    }

    // Weights that are given need no data, unless it is to say how elements become inputs.
    private static bool IsNeeded(PredictOptions options) => options.Model.Weights is null || options.Normalize is { Given: null };

    // The data, where it is needed, or where it is there and weights that no run left may be tried on it.
    private static DataSource? SourceOf(PredictOptions options, IRunView view)
    {
        bool isOfRun = options.Model.Weights is { } weights && RunWeights.IsRun(weights);
        return IsNeeded(options) || (!isOfRun && Path.Exists(options.Data.Path)) ? JobInputs.Open(options, view) : null;
    }

    // Samples to train on, to take mean and deviation from, or to try foreign weights on, if there are any;
    // given weights that say how they were trained need none.
    private static (DataParts? Data, int[] Indices) DataOf(
        PredictOptions options, DataSource? source, StoredWeights? stored, NumpyRandom random, IRunView view)
    {
        if (source is null || (!IsNeeded(options) && stored!.Normalization is not null))
            return (null, []);
        int[] indices = Subset.Choose(options, source.TrainingCount, random);
        return (Inputs.Prepare(JobInputs.Load(source, indices, view), options.Normalize, stored, indices, view), indices);
    }

    private static InputPicture Prepared(string file, PredictionSetting setting)
    {
        InputPicture picture = PicturePreparation.Prepare(file, setting.Shape);
        return setting.AreNumbers
            ? picture with { Steps = picture.Steps.Add("its pixels taken as 0 to 1, as the model was trained on numbers and not on pixels") }
            : picture;
    }

    // Pictures without classes or targets: nobody looks at them where outputs alone are wanted.
    private sealed class PictureSamples(Dataset pictures) : ISamples
    {
        public int Count => pictures.Count;

        public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int[] indices = [.. Enumerable.Range(first, weights.Length)];
            pictures.Read(indices, inputs);
            labels.Clear();
            targets.Clear();
            weights.Fill(T.One);
        }
    }
}
