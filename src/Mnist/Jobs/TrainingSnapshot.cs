using System.Diagnostics;
using System.Numerics;
using System.Text;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>A training in a file: its numbers as they lie in memory, so that it goes on with the same bits.</summary>
/// <typeparam name="T">What it is computed in.</typeparam>
internal sealed class TrainingSnapshot<T> : ITrainingKeeper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Snapshot? _snapshot;
    private readonly Action<int, double[]> _wholeEpoch;
    private readonly Moment? _before;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _kept = Stopwatch.GetTimestamp();

    /// <summary>Reads the state that is there, if any.</summary>
    /// <param name="snapshot">The file; null in every process but the first, which tells the others what is in it.</param>
    /// <param name="ranks">Who computes together.</param>
    /// <param name="wholeEpoch">Told the last epoch that was over when it was interrupted, and its weights.</param>
    public TrainingSnapshot(Snapshot? snapshot, IRanks ranks, Action<int, double[]> wholeEpoch)
    {
        (_snapshot, _wholeEpoch) = (snapshot, wholeEpoch);
        _before = OfFirst(ranks, snapshot?.Read(Read));
    }

    /// <inheritdoc/>
    public TrainingState<T>? Begun => _before?.State;

    /// <inheritdoc/>
    public double SecondsBefore => _before?.Seconds ?? 0;

    /// <inheritdoc/>
    public bool IsDue => Stopwatch.GetElapsedTime(_kept) >= CheckpointFolder.Interval;

    /// <inheritdoc/>
    public void Keep(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _snapshot?.Write(writer => Write(writer, new Moment(state, SecondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds)));
        _kept = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Interrupted(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Keep(state);
        if (!state.Epochs.IsEmpty)
            _wholeEpoch(state.Epochs.Length, Array.ConvertAll(state.WholeEpoch, double.CreateTruncating));
    }

    private static Moment? OfFirst(IRanks ranks, Moment? moment)
    {
        if (ranks.Count == 1)
            return moment;
        using var written = new MemoryStream();
        using (var writer = new BinaryWriter(written, Encoding.UTF8, leaveOpen: true))
        {
            if (moment is not null)
                Write(writer, moment);
        }

        byte[] bytes = ranks.Bytes(written.ToArray(), 0);
        if (bytes.Length == 0)
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return Read(reader);
    }

    private static void Write(BinaryWriter writer, Moment moment)
    {
        TrainingState<T> state = moment.State;
        writer.WriteNumbers(state.StepLosses.AsSpan());
        writer.Write(state.Epochs.Length);
        foreach (EpochResult epoch in state.Epochs)
            Write(writer, epoch);
        writer.WriteNumbers<T>(state.Parameters);
        writer.WriteNumbers<T>(state.Squares);
        writer.WriteNumbers<T>(state.Steps);
        writer.WriteNumbers<T>(state.WholeEpoch);
        writer.Write(moment.Seconds);
    }

    private static Moment Read(BinaryReader reader)
    {
        double[] losses = reader.ReadNumbers<double>();
        var epochs = new EpochResult[reader.ReadInt32()];
        for (int epoch = 0; epoch < epochs.Length; epoch++)
            epochs[epoch] = Epoch(reader);
        T[] parameters = reader.ReadNumbers<T>(), squares = reader.ReadNumbers<T>(), steps = reader.ReadNumbers<T>(), whole = reader.ReadNumbers<T>();
        return new(new(parameters, squares, steps, [.. epochs], [.. losses], whole), reader.ReadDouble());
    }

    private static void Write(BinaryWriter writer, EpochResult epoch)
    {
        writer.Write(epoch.Epoch);
        writer.Write(epoch.LearningRate);
        writer.Write(epoch.Test is not null);
        if (epoch.Test is not { } test)
            return;
        writer.Write(test.Loss);
        writer.Write(test.Correct is not null);
        writer.Write(test.Correct ?? 0);
        writer.Write(test.Total);
    }

    private static EpochResult Epoch(BinaryReader reader)
    {
        (int epoch, double rate) = (reader.ReadInt32(), reader.ReadDouble());
        return new(epoch, rate, reader.ReadBoolean() ? Test(reader) : null);
    }

    private static SampleResult Test(BinaryReader reader)
    {
        (double loss, bool hasClasses, int correct, int total) = (reader.ReadDouble(), reader.ReadBoolean(), reader.ReadInt32(), reader.ReadInt32());
        return new(loss, hasClasses ? correct : null, total);
    }

    // Where a training was, and how long it had taken until then.
    private sealed record Moment(TrainingState<T> State, double Seconds);
}
