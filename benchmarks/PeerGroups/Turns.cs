using BasinVolume.Benchmarks.Comparisons;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>Ours and theirs in turns.</summary>
internal static class Turns
{
    /// <summary>Of some turns the one whose ratio is in the middle: a machine that others use as well slows one side down for a moment.</summary>
    public static (double Ours, Peer Theirs) Middle(int turns, Func<double> ours, Func<Peer> theirs)
    {
        (double Ours, Peer Theirs)[] ascending =
            [.. Enumerable.Range(0, turns).Select(_ => (Ours: ours(), Theirs: theirs())).OrderBy(turn => turn.Theirs.Seconds / turn.Ours)];
        return ascending[turns / 2];
    }
}
