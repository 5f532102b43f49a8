using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>A trained network whose curvature both sides are asked for: the same weights, the same images.</summary>
internal sealed class CurvatureCase : IDisposable
{
    public CurvatureCase(FieldNetwork field, int turns) => (Field, Network, Turns) = (field, new TrainedNetwork(field), turns);

    public FieldNetwork Field { get; }

    public TrainedNetwork Network { get; }

    /// <summary>How often both sides are asked for the same number.</summary>
    public int Turns { get; }

    /// <summary>What another tool's algorithm needs, an item of benchmarks/peers/curvature.py.</summary>
    public Peer Theirs(string item, params string[] options) => Peer.Run(
        [
            item, "--network", Field.Name, "--samples", $"{Field.Samples}", "--weights", Network.WeightsFile, "--threads", $"{Environment.ProcessorCount}",
            .. options,
        ]);

    public void Dispose() => Network.Dispose();
}
