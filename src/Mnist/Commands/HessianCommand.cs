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
        _model.AddTo(command);
        _common.AddTo(command);
        _training.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, HessianOptions options, CancellationToken cancellation) => CurvatureJob.Run(parsed, options, run =>
    {
        HessianResult result = HessianRun.Execute(options, run.Device, run.Folder, run.View, cancellation);
        ResultDocument.Write(run.Folder.ResultFile, result);
        run.WritePage();
        HessianReport.Print(run.Console, result);
        SelfCheck.Demand(result.Model.Name, result.Curvature.Verification);
        return result.Seconds;
    });

    private HessianOptions Read(ParseResult parsed)
        => new(_common.Read(parsed, "hessian"), _model.Read(parsed), _training.Read(parsed) with { InitialDeviation = _common.GivenDeviation(parsed) });
}
