using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Pictures;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>The job for one model, trained elsewhere or here: images, Hessian, spectrum, volumes.</summary>
public static class HessianRun
{
    /// <summary>Does the job; every file is written as soon as there is something to write.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch, block of directions or panel of rows.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static HessianResult Execute(HessianOptions options, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Execute(options, ChosenModel.Open(options.Model), device, folder, view, cancellation);
    }

    /// <summary>The same with a model that is open already.</summary>
    internal static HessianResult Execute(HessianOptions options, ChosenModel model, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
        => options.Precision == Precision.Float32
            ? Execute<float>(options, model, device, folder, view, cancellation)
            : Execute<double>(options, model, device, folder, view, cancellation);

    private static HessianResult Execute<T>(HessianOptions options, ChosenModel model, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        MemoryBudget.CheckDense(model.Network, device.Description, options);
        StoredWeights? stored = model.ReadWeights();
        double[]? given = stored?.Values;
        string? hash = model.Sha256();
        MnistData data = view.During("Reading images", _ => MnistFiles.Load(options.DataFolder));
        ModelCatalog.CheckFits(model.Network, data.Training);
        var random = new NumpyRandom(options.Seed);
        int[] indices = Subset.Choose(options, data.Training.Count, random);
        view.Say($"{indices.Length} of {data.Training.Count} training images, {model.Network.ParameterCount} parameters {model.Described(stored, "to be trained")}");
        data = Inputs.Prepare(data, options.Normalize, stored, model.Network, indices, view);
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        folder.Begin();
        folder.WriteIndices(indices);
        folder.WriteNetwork(model);
        TrainingHistory? training = null;
        if (given is null)
        {
            (given, training) = TrainingStep.Run(plan, data, indices, model.Name, options.TrainingOptions, options.Training.Start(model.Network, random), view, cancellation);
            folder.WriteTraining(model.Name, training);
        }

        folder.WriteWeights(model.Name, InitialWeights.Tensors(model.Network), given, data.Training.Normalization);
        plan.SetParameters(Array.ConvertAll(given, T.CreateTruncating));
        NormalizationTrials? trials = stored is { Normalization: null } ? NormalizationTrials.Of(plan, data.Training, indices, view) : null;
        view.During($"{model.Name}: pictures of the model", () => ModelPictures.WriteModel(folder, model.Name, plan, given, training, data.Test));
        CurvatureResult curvature = new CurvatureSteps(options, folder, view, cancellation).Compute(plan, model.Name, given, data.Training, indices);
        return new(options, model, hash, device.Description, data, [.. indices], training, curvature, Stopwatch.GetElapsedTime(beginning).TotalSeconds) { Weights = stored, Trials = trials };
    }
}
