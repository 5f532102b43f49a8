using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// What a job keeps of its work, so that the same command with <c>--resume</c> goes on after whatever ended it, and ends with the same bits: the answers of
/// what is expensive, in a journal, and the state of a training and of a Hessian.
/// </summary>
public sealed class Checkpoint
{
    private readonly CheckpointFolder _folder;
    private readonly IRunView _view;

    /// <summary>That of a run; the unfinished one that is gone on with must be of the same command.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="command">The command: its name and its options.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="OptionException">The unfinished run is of another command.</exception>
    public Checkpoint(CheckpointFolder folder, Fingerprint command, IRunView view)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(command);
        (_folder, _view) = (folder, view);
        if (folder.IsResumed && Difference(command, folder.UnfinishedCommand) is { } difference)
            throw Refusal(difference);
        folder.IsOf(command.Entries);
    }

    /// <summary>The journal of answers, for whoever asks for what is expensive. The run has its folder.</summary>
    /// <param name="stage">What asks: stages of one run have journals of their own.</param>
    /// <param name="work">All that the answers depend on besides the questions.</param>
    /// <exception cref="OptionException">That of the unfinished run is of other work.</exception>
    public Journal Answers(string stage, Fingerprint work)
    {
        ArgumentNullException.ThrowIfNull(work);
        string name = $"{stage}.journal";
        if (Fits(name, work, Journal.WorkOf(_folder, name)))
            _view.Say("goes on with what the unfinished run has computed");
        return new(_folder, name, work.Entries);
    }

    /// <summary>Keeps a training. The run has its folder.</summary>
    /// <typeparam name="T">What it is computed in.</typeparam>
    /// <param name="model">What the model is called.</param>
    /// <param name="work">All that the training depends on.</param>
    /// <param name="wholeEpoch">Told the weights of the last epoch that was over when it was interrupted.</param>
    /// <exception cref="OptionException">That of the unfinished run is of another training.</exception>
    public ITrainingKeeper<T> Training<T>(string model, Fingerprint work, Action<double[]> wholeEpoch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(work);
        string name = $"training-{model}.state";
        Fits(name, work, Snapshot.WorkOf(_folder, name));
        var keeper = new TrainingSnapshot<T>(new(_folder, name, work.Entries), (epoch, weights) =>
        {
            wholeEpoch(weights);
            _view.Say(
                $"{model}: the weights of epoch {epoch}, the last whole one, are in {_folder.FilesOf(RunFolder.WeightsNameOf(model))}, "
                + "which --weights takes, until the next run into this folder");
        });
        if (keeper.Begun is { } begun)
            _view.Say($"{model}: the training goes on after {begun.StepLosses.Length} batches, {begun.Epochs.Length} whole epochs");
        return keeper;
    }

    /// <summary>Keeps a Hessian while it is not complete. The run has its folder.</summary>
    /// <param name="model">What the model is called.</param>
    /// <param name="work">All that the Hessian depends on.</param>
    /// <exception cref="OptionException">That of the unfinished run is another one.</exception>
    public IHessianKeeper Hessian(string model, Fingerprint work)
    {
        ArgumentNullException.ThrowIfNull(work);
        string name = $"hessian-{model}.state";
        Fits(name, work, Snapshot.WorkOf(_folder, name));
        var keeper = new HessianSnapshot(new(_folder, name, work.Entries));
        if (keeper.Begun is { } begun)
            _view.Say($"{model}: the Hessian goes on after {begun.Shards} shards of the samples");
        return keeper;
    }

    // Whether there is work of that name to go on with. Other work is refused where that was asked for, and gives way where a command is repeated.
    private bool Fits(string name, Fingerprint asked, ImmutableArray<KeyValuePair<string, string>>? unfinished)
    {
        if (Difference(asked, unfinished) is not { } difference)
            return unfinished is not null;
        if (_folder.IsResumed)
            throw Refusal(difference);
        _folder.Forget(name);
        return false;
    }

    private static string? Difference(Fingerprint asked, ImmutableArray<KeyValuePair<string, string>>? unfinished)
        => unfinished is { } entries ? asked.Difference("what is asked", new(entries), "the unfinished run") : null;

    private static OptionException Refusal(string difference)
        => new($"--resume goes on with the same work only, but {difference}; ask for the same as then, or begin anew with --force instead of --resume.");
}
