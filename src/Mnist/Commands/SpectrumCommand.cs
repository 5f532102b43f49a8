using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Spectra;
using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist.Commands;

/// <summary>spectrum: eigenvalues, eigenvectors and log-determinant of anyone's symmetric matrix, or of a run's Hessian.</summary>
internal sealed class SpectrumCommand
{
    private readonly Option<string?> _hessian = new("--hessian") { Description = "A .npy file with a symmetric matrix.", HelpName = "FILE.npy" };
    private readonly Option<string?> _run = new("--run") { Description = "The folder of a finished run, whose Hessian, gradient and parameter names are taken.", HelpName = "DIR" };
    private readonly Option<string?> _name = new("--name") { Description = "Which of the run's models. [default: its first]", HelpName = "MODEL" };
    private readonly Option<int> _vectors = NumberOption.Of("--vectors", "K: the eigenvectors of the K largest eigenvalues and of up to K negative ones, the most negative.", 0);
    private readonly Option<EigenvalueRange> _range = RangeOption.Of("--range", "Which eigenvalues are written; what is said of the spectrum is of all.");
    private readonly Option<ImmutableArray<double>?> _dampings = DampingOption.Of("--mu", "The μ of log det(H + μI): a list, or start:stop:count in equal steps of the logarithm. [default: 12 from 1e-10 to 10 times max|λ|]");
    private readonly Option<Precision> _precision = Choice.Of("--precision", "What the matrix of --hessian was computed in: how small an eigenvalue counts as zero follows from it.", Precision.Float64, Names.Of);
    private readonly Option<int> _threads = NumberOption.Of("--threads", "Threads of the processor; no result depends on it.", Environment.ProcessorCount);
    private readonly Option<string?> _out = OutputOption.Create();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_hessian, _run, _name, _vectors, _range, _dampings, _precision, _threads, _out];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(Read(parsed), cancellation)));
    }

    private static int Execute(SpectrumOptions options, CancellationToken cancellation)
    {
        options.Check();
        RunFolder folder = RunFolder.Open(options.OutputFolder, "spectrum.log");
        return LoggedJob.Run(folder, (view, console) =>
        {
            SpectrumResult result = new SpectrumRun(options, folder, view, cancellation).Execute();
            SpectrumDocument.Write(folder.PathOf("spectrum.json"), result);
            SpectrumReport.Print(console, result);
            return result.Seconds;
        });
    }

    private SpectrumOptions Read(ParseResult parsed) => new()
    {
        HessianFile = parsed.GetValue(_hessian),
        RunFolder = parsed.GetValue(_run),
        Name = parsed.GetValue(_name),
        Vectors = parsed.GetValue(_vectors),
        Range = parsed.GetRequiredValue(_range),
        Dampings = parsed.GetValue(_dampings),
        Precision = parsed.GetResult(_precision) is { Implicit: false } ? parsed.GetValue(_precision) : null,
        Threads = parsed.GetValue(_threads),
        OutputFolder = OutputOption.Read(parsed, _out, "spectrum"),
    };
}
