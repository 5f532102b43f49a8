using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Data.Formats;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.PredictJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>predict: what a model says of pictures.</summary>
internal sealed class PredictCommand
{
    private static readonly JobOptions Usual = new() { Data = new(string.Empty, DataOptions.None), OutputFolder = string.Empty };

    private readonly Argument<string[]> _pictures = new("picture") { Description = "PNG, JPEG or BMP files.", Arity = ArgumentArity.OneOrMore };
    private readonly ModelOptionSet _model = new("none, the model is trained first");
    private readonly SampleOptionSet _samples = new(Usual);
    private readonly TrainingOptionSet _training = new();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _pictures.Validators.Add(pictures => RefuseOptions(pictures, command));
        command.Arguments.Add(_pictures);
        _model.AddTo(command);
        _samples.AddTo(command);
        _training.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    // A list of files would take an option that does not exist for one of them, and a file of arguments, as other programs have them.
    private static void RefuseOptions(ArgumentResult pictures, Command command)
    {
        foreach (Token token in pictures.Tokens)
        {
            if (token.Value.StartsWith('@') && !File.Exists(token.Value))
                pictures.AddError(
                    $"There is no picture '{token.Value}', and files of arguments are not taken: give the picture without the @, or options with --config.");
            if (token.Value.StartsWith('-') && !File.Exists(token.Value))
                pictures.AddError($"Unrecognized option '{token.Value}'{NearestWord.Hint(token.Value, command)}.");
        }
    }

    private static int Execute(ParseResult parsed, PredictOptions options, CancellationToken cancellation)
    {
        options.Check();
        using Device device = DeviceCatalog.Open(options.Device, options.Threads);
        PredictResult result = PredictRun.Execute(options, device, new RunView(Shown.Console(parsed)), cancellation);
        Shown.Result(parsed, PredictRecords.Of(result), RunJson.Default.PredictRecord);
        return ExitCodes.Success;
    }

    private PredictOptions Read(ParseResult parsed)
    {
        ModelRequest model = _model.Read(parsed);
        return new(_samples.Read(parsed, model.Weights), [.. parsed.GetRequiredValue(_pictures)], model, _training.Read(parsed));
    }
}
