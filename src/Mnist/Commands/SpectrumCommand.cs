using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Mnist.Jobs.SpectrumJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>spectrum: eigenvalues, eigenvectors and log-determinant of anyone's symmetric matrix, or of a run's Hessian.</summary>
internal sealed class SpectrumCommand
{
    private readonly MatrixOptionSet _matrix = new();
    private readonly Option<int> _vectors = NumberOption.Of(
        "--vectors", "K: the eigenvectors of the K largest eigenvalues and of up to K negative ones, the most negative.", 0, NumberRanges.Vectors);
    private readonly Option<EigenvalueRange> _range = RangeOption.Of("--range", "Which eigenvalues are written; what is said of the spectrum is of all.");
    private readonly Option<ImmutableArray<double>?> _dampings = DampingOption.Of(
        "--mu", "The μ of log det(H + μI): a list, or start:stop:count in equal steps of the logarithm. [default: 12 from 1e-10 to 10 times max|λ|]");

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _matrix.AddTo(command);
        Option[] options = [_vectors, _range, _dampings];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, SpectrumOptions options, CancellationToken cancellation)
    {
        options.Check();
        return LoggedJob.Run(parsed, options.OutputFolder, RunKind.Spectrum, run =>
        {
            SpectrumResult result = new SpectrumRun(options, run.Findings, run.View, cancellation).Execute();
            run.Publish(SpectrumRecords.Of(result));
            return new(result.Seconds);
        });
    }

    private SpectrumOptions Read(ParseResult parsed)
    {
        MatrixChoice matrix = _matrix.Read(parsed, "spectrum");
        return new()
        {
            HessianFile = matrix.HessianFile,
            RunFolder = matrix.RunFolder,
            Name = matrix.Name,
            Vectors = parsed.GetValue(_vectors),
            Range = parsed.GetRequiredValue(_range),
            Dampings = parsed.GetValue(_dampings),
            Exactness = matrix.Exactness,
            Threads = matrix.Threads,
            OutputFolder = matrix.OutputFolder,
            CommandLine = matrix.CommandLine,
        };
    }
}
