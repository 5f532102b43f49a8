using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Devices;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Mnist.Verification;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>verify: the derivatives of a network on this machine against every identity that they must keep.</summary>
internal sealed class VerifyCommand
{
    private static readonly CurvatureOptions Usual = new() { DataFolder = string.Empty, OutputFolder = string.Empty, Samples = 200 };

    private readonly SampleOptionSet _common = new(Usual);
    private readonly Option<string> _model = ModelOption.Create();
    private readonly Option<string?> _weights = new("--weights") { Description = "The weights: a file of torch.save(model.state_dict()), a .safetensors file, or a folder of .npy files. [default: drawn at random, biases 0]", HelpName = "FILE|DIR" };

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_weights);
        _common.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(new(_common.Read(parsed), parsed.GetRequiredValue(_model), parsed.GetValue(_weights)), cancellation)));
    }

    private static int Execute(VerifyOptions options, CancellationToken cancellation)
    {
        options.Check();
        IAnsiConsole console = Terminals.StandardError();
        var view = new RunView(console);
        using Device device = DeviceCatalog.Open(options.Device, options.Threads);
        string where = $"{Names.Of(device.Description.Kind)} in {Names.Of(options.Precision)}";
        view.Say($"{where}: {device.Description.Name}, {device.Description.Threads} threads");
        ImmutableArray<IdentityCheck> checks = new VerifyRun(options, device, view, cancellation).Execute();
        VerifyReport.Print(console, checks);
        SelfCheck.Demand($"{options.Model} on {where}", checks);
        view.Say(SelfCheck.Summary(checks));
        return ExitCodes.Success;
    }
}
