using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.VerifyJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>verify: the derivatives of a network on this machine against every identity that they must keep.</summary>
internal sealed class VerifyCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "verify";

    private static readonly JobOptions Usual = new() { Data = new(string.Empty, DataOptions.None), OutputFolder = string.Empty, Samples = 200 };

    private readonly SampleOptionSet _common = new(Usual);
    private readonly ModelOptionSet _model = new("drawn at random, biases 0");
    private readonly Option<Choice<Weighting>> _weighting = WeightingOption.Create(Usual.Weighting);

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _model.AddArgumentTo(command);
        _model.AddTo(command);
        _common.AddTo(command);
        command.Options.Add(_weighting);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private VerifyOptions Read(ParseResult parsed)
    {
        ModelRequest model = _model.Read(parsed);
        return new(_common.Read(parsed, model.Weights) with { Weighting = parsed.GetValue(_weighting) }, model);
    }

    private static int Execute(ParseResult parsed, VerifyOptions options, CancellationToken cancellation)
    {
        options.Check();
        var view = new RunView(Shown.Console(parsed));
        using Device device = RankedDevice.Open(options.Device, options.Threads, Company.Of(parsed).Ranks);
        view.Say(ModelJob.Where(device, options.Precision));
        VerifyResult result = new VerifyRun(options, device, view, cancellation).Execute();
        ImmutableArray<IdentityCheck> checks = result.Checks;
        Shown.Result(parsed, VerifyRecords.Of(result), RunJson.Default.VerifyRecord);
        string model = options.Model.Model ?? options.Model.Weights ?? "the model";
        SelfCheck.Demand([new($"{model} on {device.Description.Kind} in {ChoiceNames.Of(options.Precision)}", checks)]);
        return ExitCodes.Success;
    }
}
