using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Data.Formats;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Jobs.LandscapeJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>landscape: the true loss around weights, a run's with the Hessian that it has, or any others, whose Hessian is computed first.</summary>
internal sealed class LandscapeCommand
{
    private static readonly LandscapeOptions Usual = new() { OutputFolder = string.Empty, Data = new(string.Empty, DataOptions.None) };

    // What a run with a Hessian leaves to be asked; the model's name is an option of the set below.
    private static readonly string[] OfRuns =
    [
        "--run", "--name", "--directions", "--points", "--side", "--range", "--seed", "--device", "--threads", "--out", "--force", "--resume",
        .. MpiOption.All.Select(option => option.Name), .. new DataOptionSet().All.Select(option => option.Name),
    ];

    private readonly Option<string?> _run = new("--run")
    {
        Description = "The folder of a finished notebook, hessian or curvature run, whose Hessian, images and weighting are taken.",
        HelpName = "DIR",
    };

    private readonly Option<ImmutableArray<DirectionChoice>?> _directions = DirectionsOption.Of(
        "--directions",
        "Along which directions: eigenvectors of the largest or of the most negative eigenvalues, the gradient, or random ones, "
        + "with how many of them.");
    private readonly Option<int> _points = NumberOption.Of("--points", "Points of each line.", Usual.Points, NumberRanges.Points);
    private readonly Option<int> _side = NumberOption.Of(
        "--side", "Points of each side of the plane over the first two eigenvectors among the directions; 0 for no plane.", Usual.Side, NumberRanges.Side);
    private readonly Option<double?> _range = NumberOption.Optional<double>(
        "--range",
        "R: lines go from −R to R in the units of the weights. "
        + "[default: where the quadratic term reaches the threshold, but no further than |θ|]",
        NumberRanges.Reach);
    private readonly HessianCommand _hessian = new();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_run, _directions, _points, _side, _range];
        foreach (Option option in options)
            command.Options.Add(option);
        _hessian.AddOptionsTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, cancellation)));
    }

    private int Execute(ParseResult parsed, CancellationToken cancellation)
    {
        HessianOptions model = _hessian.Read(parsed, "landscape", parsed.GetValue(_run));
        LandscapeOptions options = Read(parsed, model);
        options.Check();
        if (options.RunFolder is not null)
            return OfRun(parsed, options, cancellation);
        return ModelJob.Run(parsed, model, RunKind.Models, run =>
        {
            HessianResult hessian = HessianCommand.Compute(
                run,
                HessianCommand.Name,
                _ => HessianRun.Execute(model with { Checkpoint = run.Checkpoint }, run.Device, run.Findings, run.View, cancellation));
            cancellation.ThrowIfCancellationRequested();
            using LoggedRun landscape = run.Logged.ForAnother(RunKind.Landscape);
            double seconds = Compute(options with { RunFolder = landscape.FullPath }, run with { Logged = landscape }, cancellation);
            return new(hessian.Seconds + seconds, [HessianCommand.CheckOf(hessian)]);
        });
    }

    private static int OfRun(ParseResult parsed, LandscapeOptions options, CancellationToken cancellation)
    {
        bool IsForeign(Option option) => GlobalOptions.IsGiven(parsed, option) && !OfRuns.Contains(option.Name);
        if (parsed.CommandResult.Command.Options.FirstOrDefault(IsForeign) is { } foreign)
            throw new OptionException($"{foreign.Name} belongs to weights whose Hessian is still to be computed; a run has its own, so leave it out.");
        return LoggedJob.Run(parsed, options.OutputFolder, RunKind.Landscape, run =>
        {
            using Device device = RankedDevice.Open(options.Device, options.Threads, Company.Of(parsed).Ranks);
            return new(Compute(options, new Run(device, run), cancellation));
        });
    }

    private static double Compute(LandscapeOptions options, Run run, CancellationToken cancellation)
    {
        LandscapeResult result = new LandscapeRun(options with { Checkpoint = run.Checkpoint }, run.Device, run.Findings, run.View, cancellation).Execute();
        run.Publish(LandscapeRecords.Of(result));
        return result.Seconds;
    }

    private LandscapeOptions Read(ParseResult parsed, HessianOptions model) => new()
    {
        RunFolder = parsed.GetValue(_run),
        Name = parsed.GetValue(_run) is null ? null : model.Model.Name,
        Directions = parsed.GetValue(_directions) ?? LandscapeOptions.UsualDirections,
        Points = parsed.GetValue(_points),
        Side = parsed.GetValue(_side),
        Range = parsed.GetValue(_range),
        Seed = model.Seed,
        Data = model.Data,
        Device = model.Device,
        Threads = model.Threads,
        OutputFolder = model.OutputFolder,
        CommandLine = model.CommandLine,
    };
}
