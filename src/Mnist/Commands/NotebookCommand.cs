using System.CommandLine;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Mnist.Verification;

namespace BasinVolume.Mnist.Commands;

/// <summary>The main job: notebook, and what the program does when no command is given.</summary>
internal sealed class NotebookCommand
{
    private static readonly NotebookOptions Usual = new() { DataFolder = string.Empty, OutputFolder = string.Empty };

    private readonly CurvatureOptionSet _common = new();
    private readonly Option<string?> _initialWeights = new("--initial-weights") { Description = "Start from given weights: a folder with plain_init/ and l2_init/, a .npy for each tensor in them.", HelpName = "DIR" };
    private readonly Option<int> _epochs = NumberOption.Of("--epochs", "Passes over the samples.", Usual.Epochs);
    private readonly Option<double> _learningRate = NumberOption.Of("--lr", "Learning rate of the first epoch.", Usual.LearningRate);
    private readonly Option<double> _gamma = NumberOption.Of("--gamma", "Factor on the plain model's learning rate after each epoch.", Usual.Gamma);

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _common.AddTo(command);
        Option[] options = [_initialWeights, _epochs, _learningRate, _gamma];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(Read(parsed), cancellation)));
    }

    private static int Execute(NotebookOptions options, CancellationToken cancellation) => CurvatureJob.Run(options, run =>
    {
        NotebookResult result = new NotebookRun(options, run.Device, run.Folder, run.View, cancellation).Execute();
        ResultDocument.Write(run.Folder.ResultFile, result);
        NotebookReport.Print(run.Console, result);
        foreach (ModelResult model in result.Models)
            SelfCheck.Demand(model.Model.Name, model.Curvature.Verification);
        return result.Seconds;
    });

    private NotebookOptions Read(ParseResult parsed) => new(_common.Read(parsed, "notebook"))
    {
        InitialWeightsFolder = parsed.GetValue(_initialWeights),
        Epochs = parsed.GetValue(_epochs),
        LearningRate = parsed.GetValue(_learningRate),
        Gamma = parsed.GetValue(_gamma),
    };
}
