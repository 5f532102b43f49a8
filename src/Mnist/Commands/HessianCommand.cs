using System.CommandLine;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Jobs.MergeJob;
using BasinVolume.Mnist.Jobs.PartJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>hessian: Hessian, spectrum and volumes of one model, trained elsewhere or here.</summary>
internal sealed class HessianCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "hessian";

    private readonly CurvatureOptionSet _common = new(
        "λ of the penalty ½λ|θ|², and in the volume.",
        "σ in the volume, and of initial weights. [default: 0.5, and 1/√inputs of each layer for initial weights]");
    private readonly ModelOptionSet _model = new("none, the model is trained");
    private readonly TrainingOptionSet _training = new();
    private readonly Option<Shard?> _shard = ShardOption.Create("the sum over a share of the samples");

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        AddOptionsTo(command);
        command.Options.Add(_shard);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, cancellation)));
    }

    /// <summary>Adds the options alone, for a command that begins with a Hessian.</summary>
    public void AddOptionsTo(Command command)
    {
        _model.AddTo(command);
        _common.AddTo(command);
        command.Options.Add(ResumeOption.Resume);
        _training.AddTo(command);
    }

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    /// <param name="run">The folder of a run whose data is taken where none is given; null for that of the weights.</param>
    public HessianOptions Read(ParseResult parsed, string command, string? run = null)
    {
        ModelRequest model = _model.Read(parsed);
        JobOptions common = _common.Read(parsed, command, run ?? model.Weights);
        return new(common, model, _training.Read(parsed) with { InitialDeviation = _common.GivenDeviation(parsed) });
    }

    /// <summary>Goes on with a Hessian that was computed in parts.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>An exit code.</returns>
    public static int Merge(ParseResult parsed, HessianOptions options, PartSet parts, CancellationToken cancellation)
        => Execute(parsed, options, run => HessianRun.Given(options, new MergedHessian(parts), run.Device, run.Findings, run.View, cancellation));

    /// <summary>Does the job, and leaves its result and its tables; what the self-check found is in the outcome.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="compute">Computes it.</param>
    /// <returns>An exit code.</returns>
    public static int Execute(ParseResult parsed, HessianOptions options, Func<Run, HessianResult> compute)
        => ModelJob.Run(parsed, options, RunKind.Models, run => OutcomeOf(Compute(run, Name, compute)));

    /// <summary>The part of the job that is over when its result is there.</summary>
    /// <param name="run">What it works with.</param>
    /// <param name="command">What the command is called.</param>
    /// <param name="compute">Computes it.</param>
    public static HessianResult Compute(Run run, string command, Func<Run, HessianResult> compute)
    {
        HessianResult result = compute(run);
        run.Publish(HessianRecords.Of(result, command));
        return result;
    }

    /// <summary>How the job ended.</summary>
    public static Outcome OutcomeOf(HessianResult result)
        => new(result.Seconds, [CheckOf(result)]) { IsInterrupted = result.ByProducts is { IsInterrupted: true } };

    /// <summary>What the self-check found.</summary>
    public static CheckedDerivatives CheckOf(HessianResult result)
        => new(result.Model.Name, result.Curvature?.Verification ?? result.ByProducts!.Zeros.Checks);

    private int Execute(ParseResult parsed, CancellationToken cancellation) => ShardOption.Read(parsed, _shard) is { } shard
        ? ExecutePart(parsed, Read(parsed, Name + "-part"), shard, cancellation)
        : Execute(parsed, Read(parsed, Name), cancellation);

    private static int ExecutePart(ParseResult parsed, HessianOptions options, Shard shard, CancellationToken cancellation)
        => ModelJob.Run(parsed, options, RunKind.Part, run =>
        {
            PartResult result = HessianPartRun.Execute(options, shard, run.Device, run.Findings, run.View, cancellation);
            return PartOutcome.Leave(run.Logged, result, Name, options.CommandLine, OptionWords.OfPart(parsed, options.Data));
        });

    private static int Execute(ParseResult parsed, HessianOptions options, CancellationToken cancellation)
        => Execute(parsed, options, run => HessianRun.Execute(options with { Checkpoint = run.Checkpoint }, run.Device, run.Findings, run.View, cancellation));
}
