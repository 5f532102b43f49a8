using System.CommandLine;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of every command that is about a Hessian, anyone's or a run's.</summary>
internal sealed class MatrixOptionSet
{
    private readonly Option<string?> _hessian = new("--hessian")
    {
        Description = "A .npy file, or a .npz file with one array: a symmetric matrix.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "The folder of a finished run, whose Hessian and what belongs to it are taken.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _name = new("--name") { Description = "Which of the run's models. [default: its first]", HelpName = "MODEL" };
    private readonly Option<Choice<MatrixPrecision>?> _precision = Choice.Optional<MatrixPrecision>(
        "--matrix-precision",
        "What the matrix of --hessian was computed in: how far it may be from symmetric and how small an eigenvalue counts as zero follow from it. "
        + "[default: the type of its elements]",
        ChoiceNames.Of).Formerly("--precision");
    private readonly Option<double?> _asymmetryTolerance = NumberOption.Optional<double>(
        "--asymmetry-tolerance",
        "How far mirrored elements of the matrix of --hessian may differ, in units of the largest element; within it the symmetric part is taken. "
        + "[default: order times rounding in its precision]",
        NumberRanges.Tolerance);
    private readonly Option<double?> _zeroTolerance = NumberOption.Optional<double>(
        "--zero-tolerance",
        "How exact the matrix is: eigenvalues of at most so many units of max|λ| are zero. [default: √n times its rounding]",
        NumberRanges.Tolerance);
    private readonly Option<int?> _threads = ThreadsOption.Create();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(StandIn.OfMatrix(_hessian, _run));
        Option[] options = [_hessian, _run, _name, _precision, _asymmetryTolerance, _zeroTolerance, _threads, OutputOption.Out, OutputOption.Force];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    public MatrixChoice Read(ParseResult parsed, string command) => new(
        parsed.GetValue(_hessian),
        parsed.GetValue(_run),
        parsed.GetValue(_name),
        new(parsed.GetValue(_precision)?.Value, parsed.GetValue(_asymmetryTolerance), parsed.GetValue(_zeroTolerance)),
        ThreadsOption.Read(parsed, _threads),
        OutputOption.Read(parsed, command),
        Repeatable.Of(parsed));
}

/// <summary>Which Hessian a job is about, and what it works with.</summary>
/// <param name="HessianFile">The file, if it is anyone's.</param>
/// <param name="RunFolder">The run, if it is a run's.</param>
/// <param name="Name">Which of the run's models; null for its first.</param>
/// <param name="Exactness">What was said of how exact it is.</param>
/// <param name="Threads">Threads of the processor.</param>
/// <param name="OutputFolder">Where results go.</param>
/// <param name="CommandLine">How it was asked for, in one command.</param>
internal sealed record MatrixChoice(
    string? HessianFile, string? RunFolder, string? Name, StatedExactness Exactness, int Threads, string OutputFolder, string CommandLine);
