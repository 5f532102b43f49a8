using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// What a job keeps of its work, so that the same command with <c>--resume</c> goes on after whatever ended it, and ends with the same bits: the answers of
/// what is expensive, in a journal, and the state of a training and of a Hessian. Of several processes the first keeps it, and all go on with it.
/// </summary>
public sealed class Checkpoint
{
    private readonly CheckpointFolder? _folder;
    private readonly IRunView _view;
    private readonly IRanks _ranks;

    /// <summary>That of a run; the unfinished one that is gone on with must be of the same command.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="command">The command: its name and its options.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="ranks">Who computes together.</param>
    /// <exception cref="OptionException">The unfinished run is of another command.</exception>
    public Checkpoint(CheckpointFolder folder, Fingerprint command, IRunView view, IRanks ranks)
        : this(view, ranks)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(command);
        _folder = folder;
        if (folder.IsResumed && Difference(command, folder.UnfinishedCommand) is { } difference)
            throw Refusal(difference);
        folder.IsOf(command.Entries);
    }

    /// <summary>That of a run whose first process is another one.</summary>
    /// <param name="view">Who watches.</param>
    /// <param name="ranks">Who computes together.</param>
    public Checkpoint(IRunView view, IRanks ranks) => (_view, _ranks) = (view, ranks);

    /// <summary>The journal of answers, for whoever asks for what is expensive. The run has its folder.</summary>
    /// <param name="stage">What asks: stages of one run have journals of their own.</param>
    /// <param name="work">All that the answers depend on besides the questions.</param>
    /// <exception cref="OptionException">That of the unfinished run is of other work.</exception>
    public Journal Answers(string stage, Fingerprint work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new(_folder is { } folder ? FileOf(folder, $"{stage}.journal", work) : null, _ranks);
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
        Snapshot? snapshot = _folder is { } folder ? SnapshotOf(folder, $"training-{model}.state", work) : null;
        var keeper = new TrainingSnapshot<T>(snapshot, _ranks, (epoch, weights) =>
        {
            wholeEpoch(weights);
            _view.Say(
                $"{model}: the weights of epoch {epoch}, the last whole one, are in {_folder?.FilesOf(RunFolder.WeightsNameOf(model))}{SafeTensors.Extension}, "
                + "which --weights takes, until the next run into this folder");
        });
        if (keeper.Begun is { } begun)
            _view.Say($"{model}: the training goes on after {begun.StepLosses.Length} batches, {begun.Epochs.Length} whole epochs");
        return keeper;
    }

    /// <summary>Keeps a Hessian while it is not complete, where one process computes it; null where several do. The run has its folder.</summary>
    /// <param name="model">What the model is called.</param>
    /// <param name="work">All that the Hessian depends on.</param>
    /// <exception cref="OptionException">That of the unfinished run is another one.</exception>
    public IHessianKeeper? Hessian(string model, Fingerprint work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_folder is null || _ranks.Count > 1)
            return null;
        var keeper = new HessianSnapshot(SnapshotOf(_folder, $"hessian-{model}.state", work));
        if (keeper.Begun is { } begun)
            _view.Say($"{model}: the Hessian goes on after {begun.Shards} shards of the samples");
        return keeper;
    }

    private JournalFile FileOf(CheckpointFolder folder, string name, Fingerprint work)
    {
        if (Fits(folder, name, work, JournalFile.WorkOf(folder, name)))
            _view.Say("goes on with what the unfinished run has computed");
        return new(folder, name, work.Entries);
    }

    private static Snapshot SnapshotOf(CheckpointFolder folder, string name, Fingerprint work)
    {
        Fits(folder, name, work, Snapshot.WorkOf(folder, name));
        return new(folder, name, work.Entries);
    }

    // Whether there is work of that name to go on with. Other work is refused where that was asked for, and gives way where a command is repeated.
    private static bool Fits(CheckpointFolder folder, string name, Fingerprint asked, ImmutableArray<KeyValuePair<string, string>>? unfinished)
    {
        if (Difference(asked, unfinished) is not { } difference)
            return unfinished is not null;
        if (folder.IsResumed)
            throw Refusal(difference);
        folder.Forget(name);
        return false;
    }

    private static string? Difference(Fingerprint asked, ImmutableArray<KeyValuePair<string, string>>? unfinished)
        => unfinished is { } entries ? asked.Difference("what is asked", new(entries), "the unfinished run") : null;

    private static OptionException Refusal(string difference)
        => new($"--resume goes on with the same work only, but {difference}; ask for the same as then, or begin anew with --force instead of --resume.");
}
