using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Jobs.LandscapeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>What a command line asks for, as far as it decides which of its options are used.</summary>
/// <param name="parsed">The command line, with its settings file.</param>
internal sealed class GivenOptions(ParseResult parsed)
{
    /// <summary>What is given, by its names.</summary>
    public IEnumerable<string> Names => Results.Where(result => !result.Implicit).Select(result => result.Option.Name);

    /// <summary>Whether the command is for its help or a script, and gives no result.</summary>
    public bool HasNoResult => !ProgramCommands.GiveResult(parsed.CommandResult.Command.Name);

    /// <summary>Whether a model's weights are given: by themselves or with its network.</summary>
    public bool HasWeights => TakesWeights && (Has("--weights") || IsOnnx);

    /// <summary>Whether they are given by a finished run.</summary>
    public bool HasWeightsOfRun => TakesWeights && Of<string?>("--weights") is { } folder && RunWeights.IsRun(folder);

    /// <summary>Whether a run is given that has models to choose from, or what only looks like one and is refused for that.</summary>
    public bool HasRun => Has("--run")
        || (TakesWeights && Of<string?>("--weights") is { } folder
            && (RunWeights.IsRun(folder) || PartFolder.Is(folder) || UnfinishedRun.IsIn(folder, RunKind.OfModels)));

    /// <summary>Whether the network is an ONNX file's.</summary>
    public bool IsOnnx => Model is { } model && OnnxModels.Is(model);

    /// <summary>Whether the network is described in a file that says its loss.</summary>
    public bool IsDescription => Model is { } model && !OnnxModels.Is(model) && ModelCatalog.IsDescription(model);

    /// <summary>Whether samples are drawn at random.</summary>
    public bool DrawsSamples => !Has("--indices") && !TakesAllSamples;

    /// <summary>Whether all samples are taken.</summary>
    public bool TakesAllSamples => Of<Choice<Sampling>>("--sampling").Value == Sampling.All;

    /// <summary>Whether one loss is made of the means of batches.</summary>
    public bool AveragesBatches => Of<Choice<Weighting>>("--weighting") is { Spelling: not null, Value: Weighting.BatchMean };

    /// <summary>Whether mean and deviation of the samples are asked for.</summary>
    public bool MeasuresSamples => Of<NormalizationChoice?>("--normalize") is { Given: null };

    /// <summary>How many eigenvectors are among the directions.</summary>
    public int Eigenvectors => (Of<ImmutableArray<DirectionChoice>?>("--directions") ?? LandscapeOptions.UsualDirections)
        .Where(choice => choice.Kind is DirectionKind.Leading or DirectionKind.Negative).Sum(choice => choice.Count);

    /// <summary>Whether rays or points are asked for.</summary>
    public bool FollowsLoss => Of<int>("--rays") > 0 || Of<int?>("--population") > 0;

    /// <summary>Whether anything is asked for that looks at the true loss.</summary>
    public bool NeedsLoss => FollowsLoss || IsOn("--converge") || Of<Choice<Penalty>>("--penalty").Value == Penalty.Included;

    private string? Model => Of<string?>("--model");

    // Those of a Hessian alone are a file of its own.
    private bool TakesWeights => OptionOf("--model") is not null && OptionOf("--weights") is not null;

    private IEnumerable<OptionResult> Results
        => parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>().Distinct();

    /// <summary>Whether it is one of some commands.</summary>
    public bool IsOf(params string[] commands) => commands.Contains(parsed.CommandResult.Command.Name);

    /// <summary>Whether an option is given.</summary>
    public bool Has(string name) => Names.Contains(name);

    /// <summary>Whether an option is given that is yes or no, and says yes.</summary>
    public bool IsOn(string name) => Of<bool>(name);

    /// <summary>The value of an option, given or usual; that of its type where the command has no such option.</summary>
    public TValue? Of<TValue>(string name) => OptionOf(name) is { } option ? parsed.GetValue((Option<TValue>)option) : default;

    private Option? OptionOf(string name) => parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name);
}
