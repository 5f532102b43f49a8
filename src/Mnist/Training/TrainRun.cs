using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Pictures;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Training;

/// <summary>The job for training: images, weights, curves.</summary>
public static class TrainRun
{
    /// <summary>Does the job; every file is written as soon as there is something to write.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static TrainResult Execute(TrainOptions options, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Precision == Precision.Float32
            ? Execute<float>(options, device, folder, view, cancellation)
            : Execute<double>(options, device, folder, view, cancellation);
    }

    private static TrainResult Execute<T>(TrainOptions options, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        var model = ChosenModel.Open(new(options.Model, Weights: null, Name: null));
        MnistData data = view.During("Reading images", _ => MnistFiles.Load(options.DataFolder));
        ModelCatalog.CheckFits(model.Network, data.Training);
        var random = new NumpyRandom(options.Seed);
        int[] indices = Subset.Choose(options, data.Training.Count, random);
        view.Say($"{indices.Length} of {data.Training.Count} training images, {data.Test.Count} test images, {model.Network.ParameterCount} parameters");
        data = Inputs.Prepare(data, options.Normalize, weights: null, model.Network, indices, view);
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(model.Network, device, options);
        folder.Begin();
        folder.WriteIndices(indices);
        folder.WriteNetwork(model);
        (double[] weights, TrainingHistory training) = TrainingStep.Run(
            plan, data, indices, model.Name, options.Training.Options(options.BatchSize, options.WeightDecay), options.Training.Start(model.Network, random), view, cancellation);
        folder.WriteWeights(model.Name, InitialWeights.Tensors(model.Network), weights, data.Training.Normalization);
        folder.WriteTraining(model.Name, training);
        view.During("Pictures", () => ModelPictures.WriteModel(folder, model.Name, plan, weights, training, data.Test));
        return new(options, device.Description, model, data, [.. indices], training, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }
}
