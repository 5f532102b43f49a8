using System.Diagnostics;
using System.Numerics;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>A training in a file: its numbers as they lie in memory, so that it goes on with the same bits.</summary>
/// <typeparam name="T">What it is computed in.</typeparam>
internal sealed class TrainingSnapshot<T> : ITrainingKeeper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Snapshot _snapshot;
    private readonly Action<int, double[]> _wholeEpoch;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _kept = Stopwatch.GetTimestamp();

    /// <summary>Reads the state that is there, if any.</summary>
    /// <param name="snapshot">The file.</param>
    /// <param name="wholeEpoch">Told the last epoch that was over when it was interrupted, and its weights.</param>
    public TrainingSnapshot(Snapshot snapshot, Action<int, double[]> wholeEpoch)
    {
        (_snapshot, _wholeEpoch) = (snapshot, wholeEpoch);
        (Begun, SecondsBefore) = snapshot.Read(reader => Tuple.Create<TrainingState<T>?, double>(ReadState(reader), reader.ReadDouble())) ?? new(null, 0);
    }

    /// <inheritdoc/>
    public TrainingState<T>? Begun { get; }

    /// <inheritdoc/>
    public double SecondsBefore { get; }

    /// <inheritdoc/>
    public bool IsDue => Stopwatch.GetElapsedTime(_kept) >= CheckpointFolder.Interval;

    /// <inheritdoc/>
    public void Keep(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _snapshot.Write(writer =>
        {
            Write(writer, state);
            writer.Write(SecondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds);
        });
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

    private static void Write(BinaryWriter writer, TrainingState<T> state)
    {
        writer.WriteNumbers(state.StepLosses.AsSpan());
        writer.Write(state.Epochs.Length);
        foreach (EpochResult epoch in state.Epochs)
            Write(writer, epoch);
        writer.WriteNumbers<T>(state.Parameters);
        writer.WriteNumbers<T>(state.Squares);
        writer.WriteNumbers<T>(state.Steps);
        writer.WriteNumbers<T>(state.WholeEpoch);
    }

    private static TrainingState<T> ReadState(BinaryReader reader)
    {
        double[] losses = reader.ReadNumbers<double>();
        var epochs = new EpochResult[reader.ReadInt32()];
        for (int epoch = 0; epoch < epochs.Length; epoch++)
            epochs[epoch] = Epoch(reader);
        T[] parameters = reader.ReadNumbers<T>(), squares = reader.ReadNumbers<T>(), steps = reader.ReadNumbers<T>(), whole = reader.ReadNumbers<T>();
        return new(parameters, squares, steps, [.. epochs], [.. losses], whole);
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
}
