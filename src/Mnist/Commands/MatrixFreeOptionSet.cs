using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of curvature by products.</summary>
internal sealed class MatrixFreeOptionSet
{
    private static readonly MatrixFreeRequest Usual = new();

    private readonly Option<Choice<CurvatureMatrix>> _matrix = Choice.Of(
        "--matrix", "Which second derivatives: the Hessian, or the Gauss-Newton matrix, which has no negative eigenvalue.", Usual.Matrix, ChoiceNames.Of);
    private readonly Option<string?> _tensors = new("--tensors")
    {
        Description = "The block of these tensors alone: their names, as parameters-MODEL.csv has them, with commas between them. [default: all parameters]",
        HelpName = "NAMES",
    };

    private readonly Option<int> _largest = NumberOption.Of(
        "--largest", "Eigenpairs at the upper end of the spectrum.", Usual.Numbers.Largest, NumberRanges.Pairs);
    private readonly Option<int> _smallest = NumberOption.Of(
        "--smallest", "Eigenpairs at the lower end of the spectrum, known zeros left out.", Usual.Numbers.Smallest, NumberRanges.Pairs);
    private readonly Option<double> _pairTolerance = NumberOption.Of(
        "--pair-tolerance", "The residual of an eigenpair, in units of the largest eigenvalue's magnitude.", Usual.Numbers.Tolerance, NumberRanges.Share)
        .Formerly("--tolerance");
    private readonly Option<double> _traceTolerance = NumberOption.Of(
        "--trace-tolerance", "The standard error of the trace, in units of the trace.", Usual.Numbers.TraceTolerance, NumberRanges.Share);
    private readonly Option<int> _probes = NumberOption.Of(
        "--probes", "Random directions whose quadratures the distribution of eigenvalues, log det and effective dimension are means of.",
        Usual.Numbers.Probes, NumberRanges.Probes);
    private readonly Option<int> _steps = NumberOption.Of(
        "--steps", "Steps of each quadrature, a product each.", Usual.Numbers.Steps, NumberRanges.Steps);
    private readonly Option<ImmutableArray<double>?> _dampings = DampingOption.OfDeterminant("λ + k/σ² of the shifted quadratic").Formerly("--shift");
    private readonly Option<ImmutableArray<double>?> _alphas = DampingOption.Of(
        "--alpha", "The α of the effective dimension Σ h/(h + α), in the same form. [default: λ + k/σ² of the shifted quadratic]");
    private readonly Option<int> _products = NumberOption.Of(
        "--products", "The most products with a direction that known zeros, eigenpairs, trace and quadratures together may take.", Usual.Numbers.MostProducts,
        NumberRanges.Count);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_matrix, _tensors, _largest, _smallest, _pairTolerance, _traceTolerance, _probes, _steps, _dampings, _alphas, _products];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What was asked.</summary>
    public MatrixFreeRequest Read(ParseResult parsed) => new()
    {
        Matrix = parsed.GetValue(_matrix),
        Tensors = parsed.GetValue(_tensors) is { } names ? [.. names.Split(',').Select(name => name.Trim())] : [],
        Shifts = parsed.GetValue(_dampings),
        Alphas = parsed.GetValue(_alphas),
        Numbers = new MatrixFreeOptions
        {
            Largest = parsed.GetValue(_largest),
            Smallest = parsed.GetValue(_smallest),
            Tolerance = parsed.GetValue(_pairTolerance),
            TraceTolerance = parsed.GetValue(_traceTolerance),
            Probes = parsed.GetValue(_probes),
            Steps = parsed.GetValue(_steps),
            MostProducts = parsed.GetValue(_products),
        },
    };
}
