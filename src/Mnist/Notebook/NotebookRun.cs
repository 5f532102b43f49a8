using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Basins.Weights;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>The main job: images, training, Hessian, spectrum, volumes, for both of the notebook's models.</summary>
public sealed class NotebookRun
{
    private readonly NotebookOptions _options;
    private readonly Device _device;
    private readonly IFindings _findings;
    private readonly IRunView _view;
    private readonly CancellationToken _cancellation;
    private readonly CurvatureSteps _steps;

    // Why there is no dense Hessian; null where it fits.
    private string? _tooLarge;

    // One stream for everything that is drawn, in the notebook's order: the subset, then each model's weights.
    private readonly NumpyRandom _random;

    /// <summary>Prepares the job.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch, block of directions or panel of rows.</param>
    public NotebookRun(NotebookOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _device, _findings, _view, _cancellation) = (options, device, findings, view, cancellation);
        _steps = new CurvatureSteps(options, findings, view, cancellation);
        _random = new NumpyRandom(options.Seed);
    }

    /// <summary>Does the job; what is found of a model is told as soon as it is found.</summary>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public NotebookResult Execute() => _options.Precision == Precision.Float32 ? Execute<float>() : Execute<double>();

    private NotebookResult Execute<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        // While the data is read, the network is built and planned.
        Task<(DataSource Source, int[] Indices, DataParts Data)> reading = Task.Run(Read);
        Network network = ReadyMade.Notebook();
        _tooLarge = MemoryBudget.ShortageOfDense(network, _device, _options);
        if (_tooLarge is not null)
            _view.Say($"{_tooLarge}; curvature is told by products with directions instead");
        else
            LargePages.AskFor();
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(network, _device, _options);
        (DataSource source, int[] indices, DataParts data) = reading.GetAwaiter().GetResult();
        _view.Say($"{JobInputs.Counted(indices, source)}, {network.ParameterCount} parameters");
        data = Inputs.Prepare(data, _options.Normalize, weights: null, indices, _view);
        (NotebookModel Model, double[] Initial)[] starts = [.. NotebookModel.Both(_options).Select(model => (model, InitialParameters(network, model)))];
        foreach ((NotebookModel _, double[] initial) in starts)
            Agreement.Demand(_device.Ranks, () => JobFingerprint.OfInputs(network, initial, data, indices));
        _findings.Begin();
        _findings.Indices(indices);
        ImmutableArray<ModelResult> models = [.. starts.Select(start => Run(plan, data, indices, start.Model, start.Initial))];
        var result = new NotebookResult(_options, _device.Description, data, [.. indices], models, Seconds: 0);
        ImmutableArray<AuditRecord>? audit = _options.Audit ? _view.During("Audit", _ => Audit.Of(result, _device.Threads, _cancellation)) : null;
        return result with { Audit = audit, Seconds = Stopwatch.GetElapsedTime(beginning).TotalSeconds };
    }

    private (DataSource Source, int[] Indices, DataParts Data) Read()
    {
        DataSource source = JobInputs.Open(_options, _view);
        CheckIsNotebooks(source);
        int[] indices = Subset.Choose(_options, source.TrainingCount, _random);
        return (source, indices, JobInputs.Load(source, indices, _view));
    }

    // Its audit is of the notebook's numbers, which are of such images.
    private static void CheckIsNotebooks(DataSource source)
    {
        ModelFrame frame = ModelFrame.Mnist;
        if (!source.Layout.Shape.Equals(frame.Input) || source.Layout.Classes.Length != frame.Outputs)
            throw new DataException(
                $"The main job reproduces a notebook about images of {frame.Input} in {frame.Outputs} classes, but {source.Path} has {source.Layout.Said}; "
                + $"take 'hessian' or 'train' for other data.");
    }

    private ModelResult Run<T>(Plan<T> plan, DataParts data, int[] indices, NotebookModel model, double[] initial)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double[] parameters, TrainingHistory training) = TrainingStep.Run(
            plan, data, indices, model.Name, model.Training, initial, _view, keeper: null, _cancellation);
        _findings.TrainingOf(model.Name, training);
        _findings.WeightsOf(model.Name, plan, parameters, data, _view);
        DataResult found = DataResult.Of(model.Name, plan, _steps.SamplesOf(data.Training, indices), data, training, _view);
        var result = new ModelResult(model, plan.Network, [.. parameters], training, found, Dense: null);
        return _tooLarge is null
            ? result with { Dense = _steps.Compute(plan, model.Name, parameters, data.Training, indices) }
            : result with { ByProducts = ByProducts(plan, model.Name, parameters, data.Training, indices) };
    }

    // What an interrupted model has found stays among its files; without the other model there is no result of the main job.
    private MatrixFreeResult ByProducts<T>(Plan<T> plan, string name, double[] parameters, Dataset training, int[] indices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixFreeResult found = new MatrixFreeSteps(_options, new(), _findings, _view, _cancellation).Compute(
            plan, name, parameters, training, indices, _tooLarge);
        _cancellation.ThrowIfCancellationRequested();
        return found;
    }

    private double[] InitialParameters(Network network, NotebookModel model)
        => _options.InitialWeightsFolder is { } folder
            ? TensorFolder.Read(Path.Combine(folder, $"{model.Name}_init"), NetworkTensors.Of(network))
            : InitialWeights.Normal(network, _random.NextGaussian, _options.InitialDeviation);
}
