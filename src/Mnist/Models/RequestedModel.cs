using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Basins.Weights;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Onnx;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Models;

/// <summary>A network, and where its weights are if there are any yet.</summary>
/// <param name="Name">What the model is called in the names of files.</param>
/// <param name="Spelling">Its network as --model has it.</param>
/// <param name="Network">The network.</param>
/// <param name="Weights">The file or folder with its weights; null if it has none yet.</param>
/// <param name="Origin">Where the weights come from, for a person; null if it has none yet.</param>
/// <param name="Key">Which part of the file they are; null to find it.</param>
public sealed record RequestedModel(string Name, string Spelling, Network Network, string? Weights, string? Origin, string? Key = null)
{
    /// <summary>What a ready-made network ends in; null for one that is described.</summary>
    public LossChoice? Loss { get; init; }

    /// <summary>What the run that left the weights says of its data; null if no run did.</summary>
    public DataRecord? DataOfRun { get; init; }

    /// <summary>How elements became inputs when the weights were trained, as the run that left them says; null if no run did.</summary>
    public Normalization? Recorded { get; init; }

    /// <summary>What was read of an ONNX file; null for any other network.</summary>
    public ImportedNetwork? Imported { get; private init; }

    /// <summary>What was asked for.</summary>
    public ModelRequest Request { get; private init; } = new(null, null, null);

    /// <summary>How its outputs compare with those of its owner's framework; null where nobody asked.</summary>
    public LogitCheck? Checked { get; private init; }

    /// <summary>Where its weights are, an ONNX file with both among them; null if it has none yet.</summary>
    public string? WeightsPlace => Weights ?? (Imported is null ? null : Spelling);

    /// <summary>Opens what was asked for; the weights are found but not read.</summary>
    /// <exception cref="OptionException">There is no such network, or it is asked for a loss that is not its run's.</exception>
    /// <exception cref="DataException">The network's description or the run cannot be read.</exception>
    /// <param name="choice">What was asked for.</param>
    /// <param name="layout">What the samples have in common; null where no data is at hand: then a run's are what they were, and others like MNIST's.</param>
    public static RequestedModel Open(ModelRequest choice, DataLayout? layout)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (choice.Weights is { } run && RunWeights.IsRun(run))
            return OfRun(RunWeights.Find(run, choice.Name), choice, layout);
        if (choice.Weights is { } part && PartFolder.Is(part))
            throw PartFolder.InsteadOfRun(part);
        if (choice.Weights is { } folder)
            UnfinishedRun.Refuse(folder, RunKind.OfModels);
        ModelFrame frame = layout is null ? ModelFrame.Mnist : ModelFrame.Of(layout, choice.Loss);
        string spelling = choice.Model ?? frame.UsualModel;
        if (OnnxModels.Is(spelling))
            return OfOnnx(spelling, choice, layout);
        return new(NameOf(choice.Weights ?? spelling), spelling, ModelCatalog.Open(spelling, frame), choice.Weights, choice.Weights, choice.Key)
        {
            Recorded = choice.Weights is { } file ? RunWeights.NormalizationBeside(file) : null,
            Loss = LossOf(spelling, frame),
        };
    }

    /// <summary>
    /// The model with what its weights' file says of its network, such as the statistics of normalisations, and the weights, all n in the network's order;
    /// the model as it is and null if it has none yet.
    /// </summary>
    /// <exception cref="DataException">They cannot be read, or are another network's, or the file lacks what the network needs.</exception>
    public (RequestedModel Model, StoredWeights? Weights) Loaded()
    {
        if (Weights is null)
            return Imported is null ? (this, null) : Compared(Imported.Network, new(Imported.Weights, string.Empty, []));
        StoredWeights stored = WeightFile.Read(Weights, NetworkTensors.Of(Network), Key).Recorded(Recorded, Weights);
        (Network network, double[] weights) = NetworkTensors.Parted(Network, stored.Values, Weights);
        return Compared(network, stored with { Values = weights });
    }

    /// <summary>The same network without the weights that an ONNX file has, to be trained anew.</summary>
    public RequestedModel WithoutWeights() => this with { Imported = null };

    /// <summary>What is to be said of a network that was read of an ONNX file, and of how its outputs compare.</summary>
    public IEnumerable<string> Notes
        => [.. Imported?.Notes.Select(note => $"{Spelling}: {note}") ?? [], .. Checked is null ? Array.Empty<string>() : [$"{Spelling}: {Checked.Said}"]];

    /// <summary>Where the weights are from, for a person, with what was taken of their file and what was not.</summary>
    /// <param name="weights">The weights; null if there are none.</param>
    /// <param name="without">What to say if there are none.</param>
    public string Described(StoredWeights? weights, string without)
        => weights is null ? without : $"from {Origin}{(weights.Note() is { } note ? $" ({note})" : string.Empty)}";

    /// <summary>What the weights can be recognised by; null if it has none yet.</summary>
    /// <exception cref="DataException">They cannot be read.</exception>
    public string? Sha256()
        => Weights is not null ? WeightFile.Sha256(Weights, NetworkTensors.Of(Network)) : Imported is null ? null : OnnxModels.Sha256(Spelling);

    private static RequestedModel OfOnnx(string path, ModelRequest choice, DataLayout? layout)
    {
        ImportedNetwork imported = OnnxModels.Open(path, choice, layout);
        return new(NameOf(choice.Weights ?? path), path, imported.Network, choice.Weights, choice.Weights ?? path, choice.Key)
        {
            Imported = imported,
            Request = choice with { Loss = LossOf(imported.Network) },
            Recorded = choice.Weights is { } file ? RunWeights.NormalizationBeside(file) : null,
        };
    }

    private (RequestedModel Model, StoredWeights Weights) Compared(Network network, StoredWeights weights)
        => (this with
        {
            Network = network,
            Checked = Imported is not null && Request.Check is { } file ? LogitCheck.Of(Imported with { Network = network }, weights.Values, file) : null,
        },
        weights);

    private static RequestedModel OfRun(RunWeights saved, ModelRequest choice, DataLayout? layout)
    {
        string others = choice.Name is null && saved.All.Length > 1 ? $", the first of {Printable.List(saved.All)}: --name chooses another" : string.Empty;
        ImportedNetwork? imported = choice.Model is { } file && OnnxModels.Is(file) ? OnnxModels.Open(file, choice, layout) : null;
        ModelFrame frame = layout is null || choice.Model is null ? saved.Frame : ModelFrame.Of(layout, choice.Loss);
        Network network = imported?.Network ?? (choice.Model is { } asked ? ModelCatalog.Open(asked, frame) : NetworkOf(saved, choice));
        return new(saved.Name, choice.Model ?? saved.Network, network, saved.Folder, $"{choice.Weights} ({saved.Name}{others})")
        {
            Imported = imported,
            Request = imported is null ? choice : choice with { Loss = LossOf(imported.Network) },
            Recorded = saved.Normalization,
            Loss = LossOf(choice.Model ?? saved.Network, frame),
            DataOfRun = saved.Data,
        };
    }

    // The loss that was taken, so that a copy of the file says it; null where the file says one that nobody can ask for.
    private static LossChoice? LossOf(Network network) => network.Loss switch
    {
        SoftmaxLoss => LossChoice.CrossEntropy,
        MeanSquaredLoss { Mean: SquaredMean.OverElements } => LossChoice.MeanSquared,
        BinaryCrossEntropyLoss => LossChoice.BinaryCrossEntropy,
        _ => null,
    };

    private static LossChoice? LossOf(string model, ModelFrame frame)
        => ModelCatalog.IsDescription(model) || OnnxModels.Is(model) ? null : frame.Loss;

    private static Network NetworkOf(RunWeights saved, ModelRequest choice)
    {
        if (choice.Loss is { } loss && loss != saved.Frame.Loss)
            throw new OptionException(
                $"--loss {ChoiceNames.Of(loss)} contradicts {choice.Weights}, whose model ends in another; leave it out, or say with --model what it is.");
        try
        {
            return ModelCatalog.Open(saved.Network, saved.Frame);
        }
        catch (OptionException e)
        {
            throw new DataException($"The network '{saved.Network}' of {choice.Weights} is not where it was; give its description with --model.", e);
        }
    }

    // Without what stands before the last separator and after the last point; mlp:784-32-10 has a colon, which not every system has in the names of files.
    private static string NameOf(string path) => FileName.Nearest(Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))));
}
