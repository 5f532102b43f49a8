using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// When options say nothing of what a command is asked to do. Somebody who gives one expects something of it, so it is refused and not ignored, on the command
/// line as in a settings file.
/// </summary>
/// <param name="Concerns">Which options it is about, by their names.</param>
/// <param name="SayNothing">Whether they say nothing.</param>
/// <param name="Because">Why: what follows the option's name in a sentence.</param>
internal sealed record OptionUse(Func<string, bool> Concerns, Func<GivenOptions, bool> SayNothing, string Because)
{
    private const int PlaneDirections = 2;

    private static readonly string[] OfData = [.. new DataOptionSet().All.Select(option => option.Name)];

    // What a run with a Hessian leaves to be asked of its landscape.
    private static readonly string[] OfLandscapes =
    [
        "--run", "--name", "--directions", "--points", "--side", "--reach", "--seed", DeviceOption.Name, ThreadsOption.Name, "--out", "--force", "--resume",
        .. GlobalOptions.All.Select(option => option.Name), .. MpiOption.All.Select(option => option.Name), .. OfData,
    ];

    private static readonly ImmutableArray<OptionUse> All =
    [
        new(
            Any([.. GlobalOptions.All.Select(option => option.Name)]), given => given.HasNoResult,
            "says how a result is asked for and shown, and this command has none"),
        new(Any("--force"), given => !given.Has("--out"), "is for the folder of --out, and without that every run has a new one"),
        new(Any("--force"), given => given.IsOn("--resume"), "begins a run anew, and --resume goes on with it"),
        new(Any("--mpi-library"), given => !given.IsOn(MpiOption.Name), "says which library ranks use, and without --mpi there is one rank only"),
        new(Any(MpiOption.Name), given => given.Has(ShardOption.Name), "shares the work among ranks, and a part of --shard is computed alone"),
        new(Any("--resume"), given => given.Has(ShardOption.Name), "goes on with work that was kept, and a part of --shard is computed at once and keeps none"),
        new(
            AllBut(OfLandscapes), given => given.IsOf(LandscapeCommand.Name) && given.Has("--run"),
            "belongs to weights whose Hessian is still to be computed, and a run has its own"),
        .. OfModels(),
        .. OfSamples(),
        new(
            Any("--pair-tolerance"), given => given.Of<int>("--largest") + given.Of<int>("--smallest") == 0, "is of eigenpairs, and none are asked for"),
        new(
            Any("--side"), given => given.Of<int>("--side") > 0 && given.Eigenvectors < PlaneDirections,
            "is of a plane over two eigenvectors, and fewer are asked for"),
        .. OfVolumes(),
    ];

    /// <summary>Refuses the first option that says nothing.</summary>
    /// <param name="parsed">The command line, with its settings file.</param>
    /// <exception cref="OptionException">There is one.</exception>
    public static void Check(ParseResult parsed)
    {
        var given = new GivenOptions(parsed);
        foreach (string name in given.Names)
        {
            if (All.FirstOrDefault(use => use.Concerns(name) && use.SayNothing(given)) is { } use)
                throw new OptionException($"{name} {use.Because}; leave it out.");
        }
    }

    private static IEnumerable<OptionUse> OfModels() =>
    [
        new(Any("--name"), given => !given.HasRun, "chooses a model of a run, and none is given"),
        new(Any("--key"), given => !given.Has("--weights"), "chooses a part of a file of weights, and none is given"),
        new(Any("--key"), given => given.HasWeightsOfRun, "chooses a part of a file of weights, and a run's models are chosen with --name"),
        new(Any("--fold-batch-normalization", "--check"), given => !given.IsOnnx, "is for the network of an ONNX file, and --model gives none"),
        new(
            Any("--loss"), given => given.IsDescription,
            "is for a ready-made network or that of an ONNX file, and a description says its loss in its last layer"),
        new(
            Any("--matrix-precision", "--asymmetry-tolerance"), given => given.Has("--run"),
            "says how exact the matrix of --hessian is, and a run's result.json says it already"),
        new(
            Any("--gradient", "--weights", "--loss-value"), given => given.IsOf(VolumeCommand.Name) && given.Has("--run"),
            "belongs to the matrix of --hessian, and a run has its own"),
    ];

    private static IEnumerable<OptionUse> OfSamples() =>
    [
        new(Any("--epochs", "--lr", "--gamma"), given => given.HasWeights, "is of a training, and where weights are given nothing is trained"),
        new(Any("--lr", "--gamma"), given => given.Of<int>("--epochs") == 0, "is of a training, and --epochs 0 trains nothing"),
        new(
            Any("--batch-size"), given => given.HasWeights && !given.AveragesBatches,
            "is of a training and of --weighting batch-mean, and neither is asked for"),
        new(Any("--samples", "--sampling"), given => given.Has("--indices"), "draws samples, and --indices names them"),
        new(Any("--samples"), given => given.TakesAllSamples, "draws samples, and --sampling all takes every one of them once"),
        new(
            Any("--seed"),
            given => !given.DrawsSamples && (given.Has("--initial-weights")
                || (given.HasWeights && given.IsOf(HessianCommand.Name, VerifyCommand.Name, PredictCommand.Name))),
            "draws samples and initial weights, and both are given"),
        new(
            Any([.. OfData, "--samples", "--sampling", "--indices", "--seed"]),
            given => given.IsOf(PredictCommand.Name) && given.HasWeightsOfRun && !given.MeasuresSamples,
            "says something of samples, and where a run says how its inputs were made none are read"),
    ];

    private static IEnumerable<OptionUse> OfVolumes() =>
    [
        new(Any("--converge-tolerance", "--converge-steps"), given => !given.IsOn("--converge"), "says when --converge ends, which is not asked for"),
        new(
            Any([.. OfData, "--seed", DeviceOption.Name, "--ray-tolerance", "--preconditioner", "--converge"]), given => IsMatrix(given),
            "is of the true loss, which a matrix does not tell"),
        new(Any("--rays"), given => IsMatrix(given) && given.Of<int>("--rays") > 0, "is of the true loss, which a matrix does not tell"),
        new(Any("--population"), given => IsMatrix(given) && given.Of<int?>("--population") > 0, "is of the true loss, which a matrix does not tell"),
        new(
            Any("--ray-tolerance", "--preconditioner"), given => given.IsOf(VolumeCommand.Name) && given.Of<int>("--rays") == 0,
            "is of rays, and --rays 0 asks for none"),
        new(
            Any("--seed"), given => given.IsOf(VolumeCommand.Name) && !given.FollowsLoss, "draws rays and points, and none are asked for"),
        new(
            Any([.. OfData, DeviceOption.Name]), given => given.IsOf(VolumeCommand.Name) && !given.NeedsLoss,
            "is of the true loss, and nothing that is asked for looks at it"),
    ];

    private static bool IsMatrix(GivenOptions given) => given.IsOf(VolumeCommand.Name) && given.Has("--hessian");

    private static Func<string, bool> Any(params string[] names) => names.Contains;

    private static Func<string, bool> AllBut(string[] names) => name => !names.Contains(name);
}
