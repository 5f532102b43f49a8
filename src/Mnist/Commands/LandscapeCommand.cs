using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Devices;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Html;
using BasinVolume.Mnist.Landscapes;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist.Commands;

/// <summary>landscape: the true loss around a run's weights.</summary>
internal sealed class LandscapeCommand
{
    private static readonly LandscapeOptions Usual = new() { OutputFolder = string.Empty, DataFolder = string.Empty };

    private readonly Option<string?> _run = new("--run") { Description = "The folder of a finished notebook or hessian run.", HelpName = "DIR" };
    private readonly Option<string?> _name = new("--name") { Description = "Which of the run's models. [default: its first]", HelpName = "MODEL" };
    private readonly Option<ImmutableArray<DirectionChoice>?> _directions = DirectionsOption.Of("--directions", "Along which directions: eigenvectors of the largest or of the most negative eigenvalues, the gradient, or random ones, with how many of them.");
    private readonly Option<int> _points = NumberOption.Of("--points", "Points of each line.", Usual.Points);
    private readonly Option<int> _side = NumberOption.Of("--side", "Points of each side of the plane over the first two eigenvectors among the directions; 0 for no plane.", Usual.Side);
    private readonly Option<double?> _range = NumberOption.Optional<double>("--range", "R: lines go from −R to R in the units of the weights. [default: where the quadratic term reaches the run's threshold, but no further than |θ|]");
    private readonly Option<long> _seed = NumberOption.Of("--seed", "What random directions are drawn from.", Usual.Seed);
    private readonly Option<string?> _data = DataOption.Create();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _out = OutputOption.Create();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_run, _name, _directions, _points, _side, _range, _seed, _data, _device, _threads, _out, OutputOption.Force];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, LandscapeOptions options, CancellationToken cancellation)
    {
        options.Check();
        return LoggedJob.Run(parsed, options.OutputFolder, RunKind.Landscape, (folder, view, console) =>
        {
            using Device device = DeviceCatalog.Open(options.Device, options.Threads);
            LandscapeResult result = new LandscapeRun(options, device, folder, view, cancellation).Execute();
            LandscapeDocument.Write(folder.ResultFile, result);
            view.During("Report", () => RunPage.Write(folder.FullPath));
            LandscapeReport.Print(console, result);
            return result.Seconds;
        });
    }

    private LandscapeOptions Read(ParseResult parsed) => new()
    {
        RunFolder = parsed.GetValue(_run),
        Name = parsed.GetValue(_name),
        Directions = parsed.GetValue(_directions) ?? LandscapeOptions.UsualDirections,
        Points = parsed.GetValue(_points),
        Side = parsed.GetValue(_side),
        Range = parsed.GetValue(_range),
        Seed = parsed.GetValue(_seed),
        DataFolder = DataOption.Read(parsed, _data),
        Device = parsed.GetRequiredValue(_device),
        Threads = ThreadsOption.Read(parsed, _threads),
        OutputFolder = OutputOption.Read(parsed, _out, "landscape"),
        CommandLine = Repeatable.Of(parsed),
    };
}
