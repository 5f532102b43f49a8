using System.CommandLine;
using BasinVolume.Mnist.Jobs.ExportJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>export: a network with its weights for other programs.</summary>
internal sealed class ExportCommand
{
    private readonly ModelOptionSet _model = new("none, and there is nothing to export");
    private readonly Option<string?> _onnx = new("--onnx") { Description = "The ONNX file that is written; replaced if it is there.", HelpName = "FILE.onnx" };
    private readonly Option<Choice<Precision>> _precision = Choice.Of(
        "--precision", "In which precision the file keeps weights; not every program has all operators in float64.", Precision.Float32, ChoiceNames.Of);

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _model.AddArgumentTo(command);
        command.Arguments.Add(StandIn.Of("file", $"The ONNX file, as after {_onnx.Name}.", _onnx));
        _model.AddTo(command);
        command.Options.Add(_onnx);
        command.Options.Add(_precision);
        command.SetAction(Execute);
    }

    private int Execute(ParseResult parsed)
    {
        string path = parsed.GetValue(_onnx)
            ?? throw new OptionException("An export needs a place; name it behind the model, as in export runs/mine mine.onnx, or with --onnx.");
        ExportRecord record = ExportRun.Execute(_model.Read(parsed), path, parsed.GetValue(_precision), new RunView(Shown.Console(parsed)));
        Shown.Result(parsed, record, RunJson.Default.ExportRecord);
        return ExitCodes.Success;
    }
}
