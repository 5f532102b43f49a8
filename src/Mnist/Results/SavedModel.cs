using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Volumes;
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
public sealed record SavedModel(
    string Folder, string Name, ImmutableArray<string> All, string Network, Precision Precision, double WeightDecay, double Loss, Weighting Weighting, int BatchSize, VolumeParameters Constants, ImmutableArray<SavedTensor> Tensors)
{
    /// <summary>Where its Hessian is.</summary>
    public string HessianFile => Path.Combine(Folder, $"hessian-{Name}.npy");

    /// <summary>Where the indices of its training images are.</summary>
    public string IndicesFile => Path.Combine(Folder, "indices.npy");

    /// <summary>Where its gradient is.</summary>
    public string GradientFile => Path.Combine(Folder, $"gradient-{Name}.npy");

    /// <summary>Where a tensor of its weights is.</summary>
    public string WeightsFileOf(SavedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Path.Combine(Folder, $"weights-{Name}", tensor.Name + ".npy");
    }

    /// <summary>Reads a model of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <exception cref="DataException">There is no result.json of this program, or it has no such model.</exception>
    public static SavedModel Read(string folder, string? name)
        => ResultReader.Read(folder, "a finished notebook or hessian run", (path, root) => Read(folder, path, name, root));

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

    private static SavedModel Read(string folder, string path, string? name, JsonElement root)
    {
        (JsonElement model, string chosen, ImmutableArray<string> all) = ResultReader.ModelOf(path, root, name);
        Precision precision = root.GetProperty("precision").GetString() == Names.Of(Precision.Float32) ? Precision.Float32 : Precision.Float64;
        JsonElement hessian = model.GetProperty("hessian");
        return new(
            folder,
            chosen,
            all,
            ResultReader.NetworkOf(folder, chosen, root),
            precision,
            hessian.GetProperty("weight_decay").GetDouble(),
            hessian.GetProperty("loss").GetDouble(),
            hessian.GetProperty("weighting").GetString() == Names.Of(Weighting.BatchMean) ? Weighting.BatchMean : Weighting.SampleMean,
            root.GetProperty("options").GetProperty("batch_size").GetInt32(),
            ConstantsOf(root.GetProperty("options")),
            [.. model.GetProperty("parameter_map").EnumerateArray().Select(TensorOf)]);
    }

    private static VolumeParameters ConstantsOf(JsonElement options) => new(
        options.GetProperty("threshold").GetDouble(), options.GetProperty("weight_decay").GetDouble(), options.GetProperty("k").GetDouble(), options.GetProperty("init_std").GetDouble());

    private static SavedTensor TensorOf(JsonElement entry)
        => new(ResultReader.NameOf(entry), entry.GetProperty("offset").GetInt32(), entry.GetProperty("shape").EnumerateArray().Aggregate(1, (size, dimension) => checked(size * dimension.GetInt32())));
}
