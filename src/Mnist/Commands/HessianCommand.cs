using System.CommandLine;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Mnist.Verification;

namespace BasinVolume.Mnist.Commands;

/// <summary>hessian: Hessian, spectrum and volumes at weights that were trained elsewhere.</summary>
internal sealed class HessianCommand
{
    private readonly CurvatureOptionSet _common = new();
    private readonly Option<string> _weights = new("--weights") { Description = "The weights: a file of torch.save(model.state_dict()), a .safetensors file, or a folder of .npy files.", HelpName = "FILE|DIR", Required = true };

    private readonly Option<string> _model = ModelOption.Create();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_weights);
        _common.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(new(_common.Read(parsed, "hessian"), parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_weights)), cancellation)));
    }

    private static int Execute(HessianOptions options, CancellationToken cancellation) => CurvatureJob.Run(options, run =>
    {
        HessianResult result = HessianRun.Execute(options, run.Device, run.Folder, run.View, cancellation);
        ResultDocument.Write(run.Folder.ResultFile, result);
        HessianReport.Print(run.Console, result);
        SelfCheck.Demand(result.Options.ModelName, result.Curvature.Verification);
        return result.Seconds;
    });
}
