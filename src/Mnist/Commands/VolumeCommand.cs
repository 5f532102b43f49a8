using System.CommandLine;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs.PartJob;
using BasinVolume.Mnist.Jobs.VolumeJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>volume: every definition of a basin's volume side by side, of a run or of anyone's Hessian.</summary>
internal sealed class VolumeCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "volume";

    private static readonly VolumeParameters Usual = VolumeParameters.Notebook;

    private readonly MatrixOptionSet _matrix = new();
    private readonly Option<string?> _gradient = new("--gradient")
    {
        Description = "A .npy file with the gradient at the same weights; zero if left out.",
        HelpName = "FILE.npy",
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "A .npy file with all weights in the order of the Hessian's rows; without it the prior is centred at the weights.",
        HelpName = "FILE.npy",
    };

    private readonly Option<double?> _loss = NumberOption.Optional<double>(
        "--loss-value", "The loss at the weights, from which an absolute threshold counts.", NumberRanges.Loss)
        .Formerly("--loss");
    private readonly Option<double> _threshold = NumberOption.Of(
        "--threshold", "T or ΔT, in units of the loss." + OfTheRun(Usual.Threshold), Usual.Threshold, NumberRanges.Loss);
    private readonly Option<Choice<ThresholdKind>> _kind = Choice.Of(
        "--threshold-kind",
        "Whether the loss may be at most T, or rise by at most ΔT. [default: absolute where the loss is known, else excess]",
        ThresholdKind.Absolute,
        Names.Of);
    private readonly Option<double> _weightDecay = NumberOption.Of(
        "--weight-decay", "λ of the penalty ½λ|θ|²." + OfTheRun(0), 0.0, NumberRanges.WeightDecay);
    private readonly Option<Choice<Penalty>> _penalty = Choice.Of(
        "--penalty",
        "Whether that penalty is part of the loss whose basin is measured; the shifted quadratic has it always.",
        Penalty.Excluded,
        ChoiceNames.Of);
    private readonly Option<double> _k = NumberOption.Of(
        "--k", "k of the shifted quadratic: c = k/σ² is added to the curvature." + OfTheRun(Usual.PriorWeight), Usual.PriorWeight, NumberRanges.K);
    private readonly Option<double?> _sigma = DeviationOption.Create(
        FormattableString.Invariant($"σ, the standard deviation of the prior. [default: a run's own, else {Usual.PriorDeviation}]"));
    private readonly Option<string?> _sigmaFile = new("--sigma-file")
    {
        Description =
            "A .npy file with a standard deviation of the prior for each parameter, 0 for one that stays at its mean; "
            + "for measure, fuzzy, rays and levels, while the shifted quadratic keeps --sigma.",
        HelpName = "FILE.npy",
    };

    private readonly Option<double> _temperature = NumberOption.Of(
        "--temperature", "s of the fuzzy volume, in units of the loss. [default: k]", Usual.PriorWeight, NumberRanges.Positive);
    private readonly Option<Choice<PriorCentre>> _priorCentre = Choice.Of(
        "--prior-centre",
        "Where the prior has its mean: 0, or the weights. "
        + "[default: origin for measure and fuzzy where the weights are known, and weights for rays and levels]",
        PriorCentre.Origin,
        Names.Of);
    private readonly Option<Choice<QuadraticCentre>> _centre = Choice.Of(
        "--centre",
        "Around what the quadratic basin is taken: the weights as if the gradient were zero, or the minimum of the quadratic model.",
        QuadraticCentre.Weights,
        Names.Of);
    private readonly Option<int> _rays = NumberOption.Of(
        "--rays", "Rays along which the true loss of a run's model is followed; 0 for none.", 200, NumberRanges.Rays);
    private readonly Option<int?> _population = NumberOption.Optional<int>(
        "--population",
        "Points in each of 8 populations that are moved through the prior below falling levels of the true loss; 0 for none. "
        + $"[default: {RayOptions.UsualPoints}, and 0 with --rays 0]",
        NumberRanges.PopulationPoints).Formerly("--points");
    private readonly Option<long> _seed = NumberOption.Of("--seed", "What rays and points are drawn from.", 1L, NumberRanges.Seed);
    private readonly Option<double> _rayTolerance = NumberOption.Of(
        "--ray-tolerance", "Relative width at which a crossing counts as found; its error is of the order of the square.", 1e-2, NumberRanges.Share)
        .Formerly("--tolerance");
    private readonly Option<Choice<RayShape>> _preconditioner = Choice.Of(
        "--preconditioner",
        "What shapes the rays: auto the prior tilted to the quadratic's basin, for the probability; "
        + "the Hessian with the prior's curvature, for the volume in parameter units; its diagonal; or nothing.",
        RayShape.Automatic,
        Names.Of);
    private readonly Option<bool> _converge = new("--converge")
    {
        Description =
            "Move a run's weights to a stationary point of the measured loss first, by Newton's method in a trust region, "
            + "and say how the volume moved.",
    };

    private readonly Option<double> _convergeTolerance = NumberOption.Of(
        "--converge-tolerance", "The norm of the gradient that counts as zero.", 1e-6, NumberRanges.Positive);
    private readonly Option<int> _convergeSteps = NumberOption.Of("--converge-steps", "Newton steps after which it gives up.", 100, NumberRanges.Count);
    private readonly DataOptionSet _data = new();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Shard?> _shard = ShardOption.Create("a share of the rays of a run's model and of the points drawn with them");

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _matrix.AddTo(command);
        Option[] options =
        [
            _gradient, _weights, _loss, _threshold, _kind, _weightDecay, _penalty, _k, _sigma, _sigmaFile, _temperature, _priorCentre, _centre,
            _rays, _population, _seed, _rayTolerance, _preconditioner, _converge, _convergeTolerance, _convergeSteps, .. _data.All, _device, .. MpiOption.All,
            _shard, ResumeOption.Resume,
        ];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Execute(parsed, cancellation)));
    }

    private int Execute(ParseResult parsed, CancellationToken cancellation) => parsed.GetValue(_shard) is { } shard
        ? ExecutePart(parsed, Read(parsed, Name + "-part"), shard, cancellation)
        : Execute(parsed, Read(parsed, Name), new FollowedRays(), cancellation);

    private static int ExecutePart(ParseResult parsed, VolumeOptions options, Shard shard, CancellationToken cancellation)
    {
        options.Check();
        RayPartRun.Check(options, shard);
        return LoggedJob.Run(parsed, options.OutputFolder, RunKind.Part, run =>
        {
            PartResult result = RayPartRun.Execute(options, shard, run.Findings, run.View, cancellation);
            return PartOutcome.Leave(run, result, Name, options.CommandLine, OptionWords.OfPart(parsed, options.Rays.Data));
        });
    }

    /// <summary>Does the job.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="rays">Where the rays come from.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>An exit code.</returns>
    public static int Execute(ParseResult parsed, VolumeOptions options, IRayOrigin rays, CancellationToken cancellation)
    {
        options.Check();
        return LoggedJob.Run(parsed, options.OutputFolder, RunKind.Volume, run =>
        {
            VolumeResult result = new VolumeRun(options with { Checkpoint = run.Checkpoint }, run.Findings, run.View, cancellation) { Rays = rays }.Execute();
            run.Publish(VolumeRecords.Of(result));
            return new(result.Seconds);
        });
    }

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    public VolumeOptions Read(ParseResult parsed, string command)
    {
        MatrixChoice matrix = _matrix.Read(parsed, command);
        return new()
        {
            HessianFile = matrix.HessianFile,
            GradientFile = parsed.GetValue(_gradient),
            WeightsFile = parsed.GetValue(_weights),
            Loss = parsed.GetValue(_loss),
            RunFolder = matrix.RunFolder,
            Name = matrix.Name,
            Threshold = Given(parsed, _threshold),
            ThresholdKind = Given(parsed, _kind),
            WeightDecay = Given(parsed, _weightDecay),
            Penalty = parsed.GetValue(_penalty),
            K = Given(parsed, _k),
            Deviation = parsed.GetValue(_sigma),
            DeviationsFile = parsed.GetValue(_sigmaFile),
            Temperature = Given(parsed, _temperature),
            PriorCentre = Given(parsed, _priorCentre),
            Centre = parsed.GetValue(_centre),
            Exactness = matrix.Exactness,
            Rays = new RayOptions(
                parsed.GetValue(_rays),
                parsed.GetValue(_population) ?? (parsed.GetValue(_rays) == 0 ? 0 : RayOptions.UsualPoints),
                parsed.GetValue(_seed),
                parsed.GetValue(_rayTolerance),
                parsed.GetValue(_preconditioner),
                _data.Read(parsed, matrix.RunFolder),
                DeviceOption.Read(parsed, _device)),
            Converge = parsed.GetValue(_converge) ? new ConvergeOptions(parsed.GetValue(_convergeTolerance), parsed.GetValue(_convergeSteps)) : null,
            Threads = matrix.Threads,
            Ranks = Company.Of(parsed).Ranks,
            OutputFolder = matrix.OutputFolder,
            CommandLine = matrix.CommandLine,
        };
    }

    private static string OfTheRun(double otherwise) => $" [default: a run's own, else {Number.Spelled(otherwise)}]";

    // What is not on the command line may follow from what is read later.
    private static TValue? Given<TValue>(ParseResult parsed, Option<TValue> option)
        where TValue : struct
        => GlobalOptions.IsGiven(parsed, option) ? parsed.GetValue(option) : null;
}
