using System.CommandLine;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Mnist.Verification;

namespace BasinVolume.Mnist.Commands;

/// <summary>hessian: Hessian, spectrum and volumes of one model, trained elsewhere or here.</summary>
internal sealed class HessianCommand
{
    private readonly CurvatureOptionSet _common = new("λ of the penalty ½λ|θ|², and in the volume.", "σ in the volume, and of initial weights. [default: 0.5, and 1/√inputs of each layer for initial weights]");
    private readonly ModelOptionSet _model = new("none, the model is trained");
    private readonly TrainingOptionSet _training = new();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        AddOptionsTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed, "hessian"), cancellation)));
    }

    /// <summary>Adds the options alone, for a command that begins with a Hessian.</summary>
    public void AddOptionsTo(Command command)
    {
        _model.AddTo(command);
        _common.AddTo(command);
        _training.AddTo(command);
    }

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    public HessianOptions Read(ParseResult parsed, string command)
        => new(_common.Read(parsed, command), _model.Read(parsed), _training.Read(parsed) with { InitialDeviation = _common.GivenDeviation(parsed) });

    /// <summary>Does the job, and leaves its result and its tables.</summary>
    public static HessianResult Compute(HessianOptions options, Run run, CancellationToken cancellation)
    {
        HessianResult result = HessianRun.Execute(options, run.Device, run.Folder, run.View, cancellation);
        ResultDocument.Write(run.Folder.ResultFile, result);
        run.WritePage();
        HessianReport.Print(run.Console, result);
        return result;
    }

    private static int Execute(ParseResult parsed, HessianOptions options, CancellationToken cancellation) => CurvatureJob.Run(parsed, options, run =>
    {
        HessianResult result = Compute(options, run, cancellation);
        SelfCheck.Demand(result.Model.Name, result.Curvature.Verification);
        return result.Seconds;
    });
}
