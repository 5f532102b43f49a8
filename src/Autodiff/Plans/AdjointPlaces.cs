using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// Where adjoints lie that one reverse pass alone needs. There an adjoint is wanted from the node that writes it first, the last that uses the value, to the
/// node that computed the value; then its place is free for another's. So a chain of operators takes the places of two adjoints, however long it is, and these
/// stay in the caches.
/// </summary>
internal sealed class AdjointPlaces
{
    private readonly Network _network;
    private readonly bool[] _adjoints;
    private readonly int[] _owners;
    private readonly long[] _starts;

    // In ascending order.
    private readonly List<(long Start, long End)> _taken = [];

    private AdjointPlaces(Network network, bool[] adjoints)
    {
        (_network, _adjoints, _owners) = (network, adjoints, InPlace.OwnersOf(network, adjoints));
        _starts = new long[network.Values.Length];
        Array.Fill(_starts, -1);
    }

    /// <summary>Elements of one sample that all take; not more than places apart would.</summary>
    public long Length { get; private set; }

    /// <summary>Gives places out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="adjoints">Of which values.</param>
    /// <param name="nodes">The nodes of the reverse pass, last first.</param>
    public static AdjointPlaces Of(Network network, bool[] adjoints, IEnumerable<int> nodes)
    {
        var places = new AdjointPlaces(network, adjoints);
        foreach (int node in nodes)
        {
            foreach (int value in network.Nodes[node].Inputs.Prepend(node + 1).Where(value => adjoints[value]))
                places.Take(places._owners[value]);
            places.Free(node + 1);
        }

        return places;
    }

    /// <summary>For each value its place in a buffer; empty where it has none.</summary>
    /// <param name="buffer">At least as many elements for each sample as <see cref="Length"/>.</param>
    /// <param name="samples">How many samples' adjoints lie side by side in a place.</param>
    public View<T>[] In<T>(View<T> buffer, int samples)
        where T : unmanaged
        => [.. Enumerable.Range(0, _starts.Length).Select(value => In(buffer, samples, value))];

    private View<T> In<T>(View<T> buffer, int samples, int value)
        where T : unmanaged
        => _adjoints[value]
            ? buffer.Slice(checked((int)(samples * _starts[_owners[value]])), samples * _network.Values[value].Size)
            : default;

    // The first gap that is large enough.
    private void Take(int value)
    {
        if (_starts[value] >= 0)
            return;
        long size = _network.Values[value].Size, start = 0;
        int index = 0;
        for (; index < _taken.Count && _taken[index].Start - start < size; index++)
            start = _taken[index].End;
        _taken.Insert(index, (start, start + size));
        _starts[value] = start;
        Length = Math.Max(Length, start + size);
    }

    // What lies in the place of another stays with it.
    private void Free(int value)
    {
        if (_adjoints[value] && _owners[value] == value)
            _taken.RemoveAll(place => place.Start == _starts[value]);
    }
}
