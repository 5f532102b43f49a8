using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Models;

/// <summary>The models of a finished run, as its result has them: checked before anything is opened by their names.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Path">Its result, for errors.</param>
/// <param name="Expected">What the folder must be, for errors: "a finished run that …".</param>
/// <param name="Record">What the result says.</param>
internal sealed record RunModels(string Folder, string Path, string Expected, ResultRecord Record)
{
    /// <summary>Whether a folder is a run's.</summary>
    public static bool AreIn(string folder) => RunKind.OfModels.Any(kind => FinishedRun.IsIn(folder, kind));

    /// <summary>Reads the result of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="expected">What the folder must be, for errors: "a finished run that …".</param>
    /// <exception cref="DataException">There is no result.json of this program.</exception>
    public static RunModels Read(string folder, string expected)
    {
        RunKind kind = RunKind.OfModels.FirstOrDefault(kind => FinishedRun.IsIn(folder, kind), RunKind.Models);
        string path = System.IO.Path.Combine(folder, kind.ResultName);
        var models = new RunModels(folder, path, expected, (ResultRecord)FinishedRun.Read(folder, kind, expected));
        foreach (ModelRecord model in models.All)
            models.CheckName(model.Name);
        return models;
    }

    /// <summary>What is said of each model.</summary>
    public ImmutableArray<ModelRecord> All => Demand(Record.Models, "models");

    /// <summary>What is said of the images.</summary>
    public DataRecord Data => Demand(Record.Data, "data");

    /// <summary>What was asked.</summary>
    public OptionsRecord Options => Demand(Record.Options, "options");

    /// <summary>What all models are called.</summary>
    public ImmutableArray<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>A model of the run.</summary>
    /// <param name="name">Which one; null for the first.</param>
    /// <exception cref="DataException">The run has no such model.</exception>
    public ModelRecord Model(string? name) => (name is null ? All.FirstOrDefault() : All.FirstOrDefault(model => model.Name == name))
        ?? throw new DataException($"{Path} has no model '{Printable.Name(name)}': it has {Printable.List(Names)}; choose one of them with --name.");

    /// <summary>
    /// A model's network as --model has it: the description in the run's folder if there is one, or what was asked for.
    /// The main job has one network, so its options name none.
    /// </summary>
    public string NetworkOf(string model) => RunFolder.NetworkFileOf(Folder, model) ?? Options.Model ?? ModelCatalog.Names[0];

    /// <summary>What a ready-made network has to fit; before that was recorded, it was always MNIST's images.</summary>
    /// <exception cref="DataException">There are no such samples or targets.</exception>
    public ModelFrame Frame
    {
        get
        {
            if (Data.Shape is not { } shape)
                return ModelFrame.Mnist;
            long outputs = (long)Math.Max(1, Data.LabelsPerSample ?? 1) * (Data.Classes?.Length ?? Data.Targets?.Length ?? 0);
            if (outputs is < 1 or > int.MaxValue)
                throw Fault("its data has neither classes nor targets");
            return new(ShapeOf(shape), (int)outputs, LossOf(Options.Loss));
        }
    }

    /// <summary>How pixels became inputs; before that was recorded, it was always with MNIST's constants.</summary>
    /// <exception cref="DataException">It has other numbers.</exception>
    public Normalization Normalization
    {
        get
        {
            if (Data.Normalization is not { } said)
                return Normalization.Mnist;
            return Normalization.TryCreate(said.Mean, said.Std, out Normalization? normalization)
                ? normalization
                : throw Fault("its normalization has other numbers than means and standard deviations");
        }
    }

    /// <summary>Checks that a file can have a name.</summary>
    /// <exception cref="DataException">None can.</exception>
    public void CheckName(string name)
    {
        if (FileName.FaultOf(name) is { } fault)
            throw Fault($"the name '{Printable.Name(name)}' {fault}, so it cannot be a file's");
    }

    /// <summary>What stands under a key that must be there.</summary>
    /// <exception cref="DataException">There is no such key.</exception>
    public T Demand<T>(T? value, string key)
        where T : class
        => value ?? throw Missing(key);

    /// <summary>The same of a number or list.</summary>
    /// <exception cref="DataException">There is no such key.</exception>
    public T Demand<T>(T? value, string key)
        where T : struct
        => value ?? throw Missing(key);

    private Shape ShapeOf(ImmutableArray<int> shape)
    {
        try
        {
            return new Shape(shape.AsSpan());
        }
        catch (NetworkException)
        {
            throw Fault($"the shape [{string.Join(", ", shape)}] of its samples");
        }
    }

    // Before it was recorded it was cross entropy.
    private LossChoice LossOf(string? name) => name is null
        ? LossChoice.CrossEntropy
        : Enum.GetValues<LossChoice>().Select(loss => (LossChoice?)loss).FirstOrDefault(loss => ChoiceNames.Of(loss!.Value) == name)
            ?? throw Fault($"its loss is '{Printable.Name(name)}'");

    private DataException Missing(string key) => Fault($"it has no '{key}'");

    /// <summary>An error about the result.</summary>
    public DataException Fault(string reason) => new($"{Path} is not the result of {Expected} ({reason}); give the folder of {Expected}.");
}
