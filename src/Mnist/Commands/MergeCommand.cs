using System.CommandLine;
using BasinVolume.Mnist.Jobs.MergeJob;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>merge: puts the parts of one result together, and goes on as the command that they are parts of would.</summary>
/// <param name="hessian">What computes a Hessian.</param>
/// <param name="volume">What follows rays.</param>
internal sealed class MergeCommand(HessianCommand hessian, VolumeCommand volume)
{
    private const string Name = "merge";
    private const string Theirs = " [default: that of the parts]";

    // What may be another than when the parts were computed: where things are, what computes, and what follows the sum.
    private static readonly Option[] OfBoth =
    [
        Of(DataOptionSet.Name, "PATH", "The data, if it is not where it was; it must be the same."),
        NumberOption.Optional<double>("--k", "k of the shifted quadratic." + Theirs, NumberRanges.K),
        Of("--device", "DEVICE", "Where the rest is computed."),
        ThreadsOption.Create(),
    ];

    private static readonly Option[] OfHessians =
    [
        Of("--weights", "FILE|DIR", "Parts of a Hessian: the weights, if they are not where they were; they must be the same."),
        NumberOption.Optional<double>("--threshold", "Parts of a Hessian: T of the volume, in units of the loss." + Theirs, NumberRanges.Loss),
        DeviationOption.Create("Parts of a Hessian: σ, the standard deviation of the prior." + Theirs),
        NumberOption.Optional<double>("--weight-decay", "Parts of a Hessian: λ of the penalty, and in the volume." + Theirs, NumberRanges.WeightDecay),
        Of("--penalty", "excluded|included", "Parts of a Hessian: whether ½λ|θ|² is part of the loss, gradient and Hessian that are given."),
        Of("--memory", "SIZE", "Parts of a Hessian: what may be held at once."),
    ];

    private static readonly Option[] OfRays =
    [
        Of("--run", "DIR", "Parts of rays: the run, if it is not where it was; it must be the same."),
        NumberOption.Optional<double>("--temperature", "Parts of rays: s of the fuzzy volume." + Theirs, NumberRanges.Positive),
        Of("--centre", "weights|minimum", "Parts of rays: around what the quadratic basin is taken."),
        NumberOption.Optional<int>(
            "--population", "Parts of rays: points in each population; all of them are moved here." + Theirs, NumberRanges.PopulationPoints)
            .Formerly("--points"),
    ];

    private readonly Argument<string[]> _folders = new("part")
    {
        Description = "The folders of all parts, in any order.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_folders);
        foreach (Option option in (Option[])[.. OfBoth, .. OfHessians, .. OfRays, OutputOption.Out, OutputOption.Force])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, cancellation)));
    }

    private static Option<string?> Of(string name, string value, string description) => new(name) { Description = description + Theirs, HelpName = value };

    private int Execute(ParseResult parsed, CancellationToken cancellation)
    {
        string[] given = [.. OptionWords.Given(parsed).SelectMany(option => FormerName.AndNow(option.Option))];
        var parts = PartSet.Read(parsed.GetRequiredValue(_folders), given);
        bool areOfHessian = parts.First.Record.Command == HessianCommand.Name;
        Refuse(given, areOfHessian ? OfRays : OfHessians, areOfHessian ? "rays, and these are parts of a Hessian" : "a Hessian, and these are parts of rays");
        ParseResult asked = CommandLine.Parse(
            [areOfHessian ? HessianCommand.Name : VolumeCommand.Name, .. OptionWords.Without(parts.First.Record.Words, given), .. OptionWords.Of(parsed)]);
        string folder = OutputOption.Read(parsed, Name);
        return areOfHessian
            ? HessianCommand.Merge(parsed, hessian.Read(asked, Name) with { OutputFolder = folder }, parts, cancellation)
            : VolumeCommand.Execute(parsed, volume.Read(asked, Name) with { OutputFolder = folder }, new MergedRays(parts), cancellation);
    }

    private static void Refuse(string[] given, Option[] others, string what)
    {
        if (others.FirstOrDefault(option => given.Contains(option.Name)) is { } option)
            throw new OptionException($"{option.Name} is for parts of {what}; leave it out.");
    }
}
