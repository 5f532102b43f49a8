using System.CommandLine;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options that every command that computes a Hessian has.</summary>
/// <param name="weightDecay">What λ is.</param>
/// <param name="deviation">What σ is.</param>
/// <param name="weighting">How the samples' losses become one where nobody says.</param>
internal sealed class CurvatureOptionSet(string weightDecay, string deviation, Weighting weighting)
{
    private static readonly JobOptions Usual = new() { Data = new(string.Empty, DataOptions.None), OutputFolder = string.Empty };

    private readonly SampleOptionSet _samples = new(Usual);
    private readonly Option<double> _weightDecay = NumberOption.Of("--weight-decay", weightDecay, Usual.WeightDecay, NumberRanges.WeightDecay);
    private readonly Option<double?> _deviation = DeviationOption.Create(deviation);
    private readonly Option<double> _threshold = NumberOption.Of(
        "--threshold", "T of the volume, in units of the loss.", Usual.Threshold, NumberRanges.NotebookThreshold);
    private readonly Option<double> _k = NumberOption.Of("--k", "k of the shifted quadratic: c = k/σ² is added to the curvature.", Usual.K, NumberRanges.K);
    private readonly Option<Choice<Weighting>> _weighting = WeightingOption.Create(weighting);
    private readonly Option<Choice<Penalty>> _penalty = Choice.Of(
        "--penalty", "Whether ½λ|θ|² is part of the loss, gradient and Hessian that are given.", Usual.Penalty, ChoiceNames.Of);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _samples.AddTo(command);
        Option[] options = [_weighting, _weightDecay, _deviation, _threshold, _k, _penalty, OutputOption.Out, OutputOption.Force];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>σ if it was given.</summary>
    public double? GivenDeviation(ParseResult parsed) => parsed.GetValue(_deviation);

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    /// <param name="run">The folder of a run whose model it is for; null, or any other folder or file, where there is none.</param>
    public JobOptions Read(ParseResult parsed, string command, string? run) => _samples.Read(parsed, run) with
    {
        OutputFolder = OutputOption.Read(parsed, command),
        WeightDecay = parsed.GetValue(_weightDecay),
        Weighting = parsed.GetValue(_weighting),
        InitialDeviation = parsed.GetValue(_deviation) ?? Usual.InitialDeviation,
        Threshold = parsed.GetValue(_threshold),
        K = parsed.GetValue(_k),
        Penalty = parsed.GetValue(_penalty),
    };
}
