using System.CommandLine;
using BasinVolume.Data.Formats;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.TrainJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>train: weights for a network, in every form that other programs take.</summary>
internal sealed class TrainCommand
{
    private static readonly JobOptions Usual = new() { Data = new(string.Empty, DataOptions.None), OutputFolder = string.Empty };

    private readonly Option<string?> _model = ModelOptionSet.CreateModel("notebook for grey images of 28 x 28, and mlp for all else");
    private readonly Option<Choice<LossChoice>?> _loss = LossOption.Create();
    private readonly SampleOptionSet _samples = new(Usual);
    private readonly TrainingOptionSet _training = new();
    private readonly Option<double> _weightDecay = NumberOption.Of("--weight-decay", "λ of the penalty ½λ|θ|².", 0.0, NumberRanges.WeightDecay);
    private readonly Option<double?> _initialDeviation = NumberOption.Optional<double>(
        "--init-std", "σ of the initial weights; the notebook has 0.5. [default: 1/√inputs of each layer]", NumberRanges.Deviation);

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_loss);
        _samples.AddTo(command);
        _training.AddTo(command);
        Option[] options = [_weightDecay, _initialDeviation, OutputOption.Out, OutputOption.Force, ResumeOption.Resume];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, TrainJobOptions options, CancellationToken cancellation)
        => ModelJob.Run(parsed, options, RunKind.Models, run =>
    {
        TrainResult result = TrainRun.Execute(options with { Checkpoint = run.Checkpoint }, run.Device, run.Findings, run.View, cancellation);
        run.Publish(TrainRecords.Of(result));
        return new(result.Seconds);
    });

    private TrainJobOptions Read(ParseResult parsed)
    {
        JobOptions common = _samples.Read(parsed, run: null) with
        {
            OutputFolder = OutputOption.Read(parsed, "train"),
            WeightDecay = parsed.GetValue(_weightDecay),
        };
        var model = new ModelRequest(parsed.GetValue(_model), Weights: null, Name: null) { Loss = parsed.GetValue(_loss)?.Value };
        return new(common, model, _training.Read(parsed) with { InitialDeviation = parsed.GetValue(_initialDeviation) });
    }
}
