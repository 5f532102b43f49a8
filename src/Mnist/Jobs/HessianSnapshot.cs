using System.Diagnostics;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs;

/// <summary>The sums of a Hessian that is not complete, in a file.</summary>
/// <param name="snapshot">The file.</param>
internal sealed class HessianSnapshot(Snapshot snapshot) : IHessianKeeper
{
    private long _kept = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public HessianSums? Begun { get; } = snapshot.Read(Read);

    /// <inheritdoc/>
    public bool IsDue => Stopwatch.GetElapsedTime(_kept) >= CheckpointFolder.Interval;

    /// <inheritdoc/>
    public void Keep(HessianSums sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        snapshot.Write(writer => Write(writer, sums));
        _kept = Stopwatch.GetTimestamp();
    }

    private static void Write(BinaryWriter writer, HessianSums sums)
    {
        writer.Write(sums.Shards);
        writer.Write(sums.Difference);
        writer.Write(sums.Roots.Count);
        foreach (HessianRoot root in sums.Roots)
        {
            writer.Write(root.Level);
            writer.Write(root.Index);
            writer.Write(root.Loss);
            writer.WriteNumbers<double>(root.Gradient);
            writer.WriteNumbers<double>(root.Triangle);
        }
    }

    private static HessianSums Read(BinaryReader reader)
    {
        (int shards, double difference) = (reader.ReadInt32(), reader.ReadDouble());
        var roots = new HessianRoot[reader.ReadInt32()];
        for (int i = 0; i < roots.Length; i++)
        {
            (int level, int index, double loss) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
            double[] gradient = reader.ReadNumbers<double>();
            roots[i] = new(level, index, reader.ReadNumbers<double>(), gradient, loss);
        }

        return new(shards, roots, difference);
    }
}
