using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Interop;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Results;

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
/// <param name="Precision">What its Hessian was computed in.</param>
/// <param name="WeightDecay">The λ that is in its Hessian.</param>
/// <param name="Loss">The loss at its weights, with the penalty of that λ.</param>
/// <param name="Weighting">How its samples' losses became one loss.</param>
/// <param name="BatchSize">Samples of a batch.</param>
/// <param name="Constants">The constants of its volume, as they were asked for.</param>
/// <param name="Tensors">Its parameter map.</param>
/// <param name="Normalization">How pixels became inputs.</param>
public sealed record SavedModel(
    string Folder, string Name, ImmutableArray<string> All, string Network, Precision Precision, double WeightDecay, double Loss, Weighting Weighting, int BatchSize, VolumeParameters Constants, ImmutableArray<SavedTensor> Tensors, Normalization Normalization)
{
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
    public static SavedModel Read(string folder, string? name)
        => ResultReader.Read(folder, "a finished notebook or hessian run", (path, root) => Read(folder, path, name, WithHessian(folder, path, root)));

    /// <summary>Its network, if it can still be opened and is still the one of the parameter map; else null, for a described network's file may be gone or changed.</summary>
    public Network? OpenNetwork()
    {
        try
        {
            Network network = ModelCatalog.Open(Network);
            return network.Parameters.Select(parameter => new SavedTensor(parameter.Name, parameter.Offset, parameter.Size)).SequenceEqual(Tensors) ? network : null;
        }
        catch (Exception e) when (e is OptionException or DataException)
        {
            return null;
        }
    }

    private static JsonElement WithHessian(string folder, string path, JsonElement root)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("command", out JsonElement command) && command.ValueKind == JsonValueKind.String && command.ValueEquals("train")
            ? throw new DataException($"{path} is the result of a training, whose folder holds weights and no Hessian; compute it with 'hessian --weights {folder} --out DIR' and give the folder DIR.")
            : root;

    private static SavedModel Read(string folder, string path, string? name, JsonElement root)
    {
        (JsonElement model, string chosen, ImmutableArray<string> all) = ResultReader.ModelOf(path, root, name);
        Precision precision = ResultReader.TextOf(root.Key("precision")) == Names.Of(Precision.Float32) ? Precision.Float32 : Precision.Float64;
        JsonElement hessian = model.Key("hessian"), options = root.Key("options");
        return new(
            folder,
            chosen,
            all,
            ResultReader.NetworkOf(folder, chosen, root),
            precision,
            hessian.Key("weight_decay").GetDouble(),
            hessian.Key("loss").GetDouble(),
            ResultReader.TextOf(hessian.Key("weighting")) == Names.Of(Weighting.BatchMean) ? Weighting.BatchMean : Weighting.SampleMean,
            AtLeastOne(options.Key("batch_size"), "batch size"),
            ConstantsOf(options),
            TensorsOf(model.Key("parameter_map")),
            ResultReader.NormalizationOf(root));
    }

    private static VolumeParameters ConstantsOf(JsonElement options) => new(
        Constant(options, "threshold", NumberRanges.NotebookThreshold), Constant(options, "weight_decay", NumberRanges.WeightDecay), Constant(options, "k", NumberRanges.K), Constant(options, "init_std", NumberRanges.Deviation));

    // A run's own numbers keep the ranges of those that are asked for.
    private static double Constant(JsonElement options, string key, NumberRange<double> range)
    {
        double value = options.Key(key).GetDouble();
        return range.Holds(value) ? value : throw new FormatException(FormattableString.Invariant($"its option {key} is {value}, expected {range.Expected}"));
    }

    // One after the other from the first parameter to the last.
    private static ImmutableArray<SavedTensor> TensorsOf(JsonElement map)
    {
        var tensors = ImmutableArray.CreateBuilder<SavedTensor>();
        int end = 0;
        foreach (JsonElement entry in map.EnumerateArray())
        {
            int size = 1;
            foreach (JsonElement dimension in entry.Key("shape").EnumerateArray())
                size = checked(size * AtLeastOne(dimension, "dimension"));
            string name = ResultReader.NameOf(entry);
            if (entry.Key("offset").GetInt32() != end)
                throw new FormatException($"{name} begins at {entry.Key("offset").GetInt32()} and not at {end}");
            tensors.Add(new(name, end, size));
            end = checked(end + size);
        }

        return tensors.ToImmutable();
    }

    private static int AtLeastOne(JsonElement number, string what) => number.GetInt32() is >= 1 and var value ? value : throw new FormatException($"{what} {number.GetRawText()}");
}
