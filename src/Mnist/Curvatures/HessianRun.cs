using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>The job for weights that were trained elsewhere: images, Hessian, spectrum, volumes.</summary>
public static class HessianRun
{
    /// <summary>Does the job; every file is written as soon as there is something to write.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next block of directions or panel of rows.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static HessianResult Execute(HessianOptions options, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Precision == Precision.Float32
            ? Execute<float>(options, device, folder, view, cancellation)
            : Execute<double>(options, device, folder, view, cancellation);
    }

    private static HessianResult Execute<T>(HessianOptions options, Device device, RunFolder folder, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        Network network = ModelCatalog.Open(options.Model);
        MemoryBudget.CheckDense(network, device.Description, options);
        IReadOnlyList<TensorShape> tensors = InitialWeights.Tensors(network);
        double[] weights = Checkpoint.Read(options.Weights, tensors);
        string hash = Checkpoint.Sha256(options.Weights, tensors);
        MnistData data = view.During("Reading images", _ => MnistFiles.Load(options.DataFolder));
        ModelCatalog.CheckFits(network, data.Training);
        int[] indices = Subset.Choose(options, data.Training.Count, new NumpyRandom(options.Seed));
        view.Say($"{indices.Length} of {data.Training.Count} training images, {network.ParameterCount} parameters from {options.Weights}");
        folder.WriteIndices(indices);
        folder.WriteWeights(options.ModelName, tensors, weights);
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(network, device, options);
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        using var threads = new HostThreads(options.Threads);
        CurvatureResult curvature = new CurvatureSteps(options, folder, view, cancellation).Compute(plan, threads, options.ModelName, weights, data.Training, indices);
        return new(options, hash, device.Description, network, data, [.. indices], curvature, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }
}
