using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Weights;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Models;

/// <summary>A tensor's place in the vector of all parameters, as result.json has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Size">How many elements it has.</param>
public sealed record SavedTensor(string Name, int Offset, int Size);

/// <summary>A model of a run that was finished, read back from its result.json.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Name">What the model is called.</param>
/// <param name="All">What all models of the run are called.</param>
/// <param name="Network">Its network as --model had it.</param>
/// <param name="Frame">What a ready-made network has to fit.</param>
/// <param name="Precision">What its Hessian was computed in.</param>
/// <param name="WeightDecay">The λ that is in its Hessian.</param>
/// <param name="Loss">The loss at its weights, with the penalty of that λ.</param>
/// <param name="Weighting">How its samples' losses became one loss.</param>
/// <param name="BatchSize">Samples of a batch.</param>
/// <param name="Constants">The constants of its volume, as they were asked for.</param>
/// <param name="Tensors">Its parameter map.</param>
/// <param name="Normalization">How pixels became inputs.</param>
public sealed record RunModel(
    string Folder,
    string Name,
    ImmutableArray<string> All,
    string Network,
    ModelFrame Frame,
    Precision Precision,
    double WeightDecay,
    double Loss,
    Weighting Weighting,
    int BatchSize,
    VolumeParameters Constants,
    ImmutableArray<SavedTensor> Tensors,
    Normalization Normalization)
{
    /// <summary>What products tell of its second derivatives; null where there is a dense Hessian.</summary>
    public CurvatureRecord? Curvature { get; init; }

    /// <summary>How its weights do on the data; null where its run does not say.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>What its Hessian can be recognised by where no matrix is held; null where its run does not say.</summary>
    public string? Point { get; init; }

    /// <summary>Whether products took the place of a dense Hessian.</summary>
    public bool IsByProducts => Curvature is not null && !Path.Exists(HessianFile);

    /// <summary>Where its Hessian is.</summary>
    public string HessianFile => NamedFile.In(Folder, $"hessian-{Name}.npy");

    /// <summary>Where the indices of its training images are.</summary>
    public string IndicesFile => Path.Combine(Folder, "indices.npy");

    /// <summary>Where its gradient is.</summary>
    public string GradientFile => NamedFile.In(Folder, $"gradient-{Name}.npy");

    /// <summary>Where a tensor of its weights is.</summary>
    public string WeightsFileOf(SavedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return NamedFile.In(NamedFile.In(Folder, $"weights-{Name}"), tensor.Name + ".npy");
    }

    /// <summary>Reads a model of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <exception cref="DataException">There is no result.json of this program, or it has no such model.</exception>
    public static RunModel Read(string folder, string? name)
    {
        var run = RunModels.Read(folder, "a finished notebook, hessian or curvature run");
        if (run.Record.Command == "train")
            throw new DataException(
                $"{run.Path} is the result of a training, whose folder holds weights and no Hessian; "
                + $"compute it with 'hessian --weights {folder} --out DIR' and give the folder DIR.");
        ModelRecord model = run.Model(name);
        string precision = run.Demand(run.Record.Precision, "precision");
        HessianRecord hessian = run.Demand(model.Hessian, "hessian");
        int batch = run.Demand(run.Options.BatchSize, "batch_size");
        return new(
            folder,
            model.Name,
            run.Names,
            run.NetworkOf(model.Name),
            run.Frame,
            precision == ChoiceNames.Of(Precision.Float32) ? Precision.Float32 : Precision.Float64,
            run.Demand(hessian.WeightDecay, "weight_decay"),
            run.Demand(hessian.Loss, "loss"),
            run.Demand(hessian.Weighting, "weighting") == ChoiceNames.Of(Weighting.BatchMean) ? Weighting.BatchMean : Weighting.SampleMean,
            batch >= 1 ? batch : throw run.Fault($"batch size {batch}"),
            ConstantsOf(run),
            TensorsOf(run, model),
            run.Normalization)
        {
            Curvature = model.Curvature,
            Evaluation = model.Evaluation,
            Point = run.Record.PointOf(model),
        };
    }

    /// <summary>
    /// Its network, if it can still be opened and is still the one of the parameter map; else null, for a described network's file may be gone or changed.
    /// </summary>
    public Network? OpenNetwork()
    {
        try
        {
            Network network = ModelCatalog.Open(Network, Frame);
            return network.Parameters.Select(parameter => new SavedTensor(parameter.Name, parameter.Offset, parameter.Size)).SequenceEqual(Tensors)
                ? WithStatistics(network)
                : null;
        }
        catch (Exception e) when (e is OptionException or DataException)
        {
            return null;
        }
    }

    // Those of its normalisations lie among the weights.
    private Network WithStatistics(Network network)
    {
        if (network.Buffers.IsEmpty)
            return network;
        string folder = NamedFile.In(Folder, $"weights-{Name}");
        return NetworkTensors.Parted(network, TensorFolder.Read(folder, NetworkTensors.Of(network)), folder).Network;
    }

    private static VolumeParameters ConstantsOf(RunModels run)
    {
        OptionsRecord options = run.Options;
        return new(
            Constant(run, options.Threshold, "threshold", NumberRanges.NotebookThreshold),
            Constant(run, options.WeightDecay, "weight_decay", NumberRanges.WeightDecay),
            Constant(run, options.K, "k", NumberRanges.K),
            Constant(run, options.InitStd, "init_std", NumberRanges.Deviation));
    }

    // A run's own numbers keep the ranges of those that are asked for.
    private static double Constant(RunModels run, double? value, string key, NumberRange<double> range)
    {
        double number = run.Demand(value, key);
        return range.Holds(number) ? number : throw run.Fault(FormattableString.Invariant($"its option {key} is {number}, expected {range.Expected}"));
    }

    // One after the other from the first parameter to the last.
    private static ImmutableArray<SavedTensor> TensorsOf(RunModels run, ModelRecord model)
    {
        var tensors = ImmutableArray.CreateBuilder<SavedTensor>();
        long end = 0;
        foreach (TensorRecord tensor in run.Demand(model.ParameterMap, "parameter_map"))
        {
            run.CheckName(tensor.Name);
            long size = 1;
            foreach (int dimension in tensor.Shape)
                size = dimension >= 1 ? Math.Min(size * dimension, int.MaxValue + 1L) : throw run.Fault($"dimension {dimension}");
            if (tensor.Offset != end)
                throw run.Fault($"{tensor.Name} begins at {tensor.Offset} and not at {end}");
            end += size;
            if (end > int.MaxValue)
                throw run.Fault($"{tensor.Name} ends beyond {int.MaxValue}");
            tensors.Add(new(tensor.Name, tensor.Offset, (int)size));
        }

        return tensors.ToImmutable();
    }
}
