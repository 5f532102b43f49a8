using System.CommandLine;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>The main job: notebook, and what the program does when no command is given.</summary>
internal sealed class NotebookCommand
{
    private readonly CurvatureOptionSet _common = new(
        "λ of the l2 model's penalty ½λ|θ|², and in the volume.", "σ of the initial weights, and in the volume. [default: 0.5]");
    private readonly Option<string?> _initialWeights = new("--initial-weights")
    {
        Description = "Start from given weights: a folder with plain_init/ and l2_init/, a .npy for each tensor in them.",
        HelpName = "DIR",
    };

    private readonly TrainingOptionSet _training = new("the plain model's");
    private readonly Option<bool> _audit = new("--audit")
    {
        Description = "Set the run beside the notebook, line by line, also where it is asked for something else than the notebook computed.",
    };

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _common.AddTo(command);
        command.Options.Add(_initialWeights);
        _training.AddTo(command);
        command.Options.Add(_audit);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, NotebookOptions options, CancellationToken cancellation)
        => ModelJob.Run(parsed, options, RunKind.Models, run =>
    {
        NotebookResult result = new NotebookRun(options, run.Device, run.Findings, run.View, cancellation).Execute();
        run.Publish(NotebookRecords.Of(result));
        return new(result.Seconds, [.. result.Models.Select(model => model.Checked)]);
    });

    private NotebookOptions Read(ParseResult parsed) => new(_common.Read(parsed, "notebook", run: null))
    {
        InitialWeightsFolder = parsed.GetValue(_initialWeights),
        Training = _training.Read(parsed),
        Audit = parsed.GetValue(_audit) || !OptionWords.Given(parsed, ThreadsOption.Name, "--device", "--memory", "--data").Any(),
    };
}
