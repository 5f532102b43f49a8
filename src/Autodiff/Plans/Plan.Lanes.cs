using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Plans;

/// <summary>The same network at the same numbers once more for each thread.</summary>
public sealed partial class Plan<T>
{
    // Where each thread has so many shards, it matters little that some have one more.
    private const int ManyShards = 4;

    private readonly List<Plan<T>> _lanes = [];
    private int _numbersOfLane;

    /// <summary>
    /// Plans with the same numbers, each for one thread, this one among them: a thread that goes through shards of its own waits for no other at the end of
    /// every pass, and shares no product of matrices. This one alone where a device has no threads, where memory is short, and where there are so few shards
    /// that some threads would be without one at the end.
    /// </summary>
    /// <param name="shards">How many shards there are.</param>
    internal IReadOnlyList<Plan<T>> LanesFor(int shards)
    {
        int threads = Device.Threads.Count;
        bool isEven = shards >= threads && (shards % threads == 0 || shards >= ManyShards * threads);
        if (threads == 1 || !isEven || Device is not HostDevice || Budget.Lanes < threads)
            return [this];
        if (_lanes.Count == 0)
            _lanes.Add(this);
        while (_lanes.Count < threads)
            _lanes.Add(new(Network, Device, Budget));
        foreach (Plan<T> lane in _lanes.Skip(1))
            lane.Follow(this);
        return _lanes;
    }

    private void Follow(Plan<T> other)
    {
        if (_numbersOfLane == other._numbers)
            return;
        Copy(other._memory.Parameters, _memory.Parameters);
        for (int node = 0; node < _memory.Constants.Length; node++)
            Copy(other._memory.Constants[node], _memory.Constants[node]);
        (_numbersOfLane, _hasParameters) = (other._numbers, other._hasParameters);

        void Copy(View<T> from, View<T> to)
        {
            if (!from.IsEmpty)
                Kernels.Copy(1, from.Length, Batch<T>.Shared(from), Batch<T>.Shared(to), accumulate: false);
        }
    }
}
