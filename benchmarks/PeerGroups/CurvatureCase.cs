using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>A trained network whose curvature both sides are asked for: the same weights, the same images.</summary>
internal sealed class CurvatureCase : IDisposable
{
    public CurvatureCase(FieldNetwork field) => (Field, Network) = (field, new TrainedNetwork(field));

    public FieldNetwork Field { get; }

    public TrainedNetwork Network { get; }

    /// <summary>What another tool's algorithm needs, an item of benchmarks/peers/curvature.py.</summary>
    public Peer Theirs(string item, params string[] options) => Peer.Run(
        [
            item, "--network", Field.Name, "--samples", $"{Field.Samples}", "--weights", Network.WeightsFile, "--threads", $"{Environment.ProcessorCount}",
            .. options,
        ]);

    public void Dispose() => Network.Dispose();
}
