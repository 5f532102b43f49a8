using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A sum of the shape of a binary tree, to which nodes are added in ascending order: as a binary counter carries, the two children of a node become the node
/// as soon as both are there. So no more sums wait than the counter has digits, and one place more is being computed in.
/// </summary>
/// <param name="places">Where sums stand.</param>
/// <param name="threads">Who adds them.</param>
internal sealed class TreeSum(SumPlaces places, HostThreads threads)
{
    private readonly List<(TreeNode Node, double[] Sum)> _roots = [];

    /// <summary>The sums so far that wait for their neighbours, in ascending order.</summary>
    public IReadOnlyList<(TreeNode Node, double[] Sum)> Roots => _roots;

    /// <summary>A place for the next node, which holds anything.</summary>
    public double[] Take() => places.Take();

    /// <summary>Gives a place back that has become no node.</summary>
    public void Return(double[] place) => places.Return(place);

    /// <summary>Adds a node; its place goes over to this.</summary>
    public void Add(TreeNode node, double[] sum)
    {
        while (TakeLeftOf(node) is { } left)
        {
            Accumulation.Add<double>(threads, sum, left);
            places.Return(sum);
            (node, sum) = (node.Parent, left);
        }

        _roots.Add((node, sum));
    }

    /// <summary>
    /// What waits to be added to a node, for whoever adds it in passing; then their parent is the node to be added. Null if it has to wait itself.
    /// </summary>
    public double[]? TakeLeftOf(TreeNode node)
    {
        if (_roots.Count == 0 || !_roots[^1].Node.IsLeftOf(node))
            return null;
        double[] left = _roots[^1].Sum;
        _roots.RemoveAt(_roots.Count - 1);
        return left;
    }
}
