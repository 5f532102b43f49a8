using System.Numerics;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Sums of second-derivative matrices over consecutive shards, with loss and gradient, added in the tree's shape. Sums that wait are packed triangles; only the
/// one that is being computed is n × n.
/// </summary>
/// <param name="plan">The plan that computes.</param>
/// <param name="sweep">What computes the matrix of a shard.</param>
/// <param name="gradient">What the sweep adds a shard's gradient to, [n]; empty where none is wanted.</param>
/// <param name="shards">How the samples are cut.</param>
/// <param name="own">The shards that are computed here.</param>
/// <param name="progress">Told the share of these that is done.</param>
/// <param name="keeper">Who keeps the sums while they are not complete; null for nobody.</param>
/// <param name="cancellation">Stops between two blocks of directions.</param>
internal sealed class MatrixRoots<T>(
    Plan<T> plan,
    ShardSweep<T> sweep,
    double[] gradient,
    SampleShards shards,
    ShardRange own,
    IProgress<double>? progress,
    IHessianKeeper? keeper,
    CancellationToken cancellation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Packed triangles.</summary>
    public TreeSum Matrices { get; } = new(new(PackedTriangle.Length(sweep.Matrix.Rows)), plan.Device.Threads);

    /// <summary>The gradient, if one is wanted, and behind it the loss.</summary>
    public TreeSum Vectors { get; } = new(new(gradient.Length + 1), plan.Device.Threads);

    /// <summary>The largest max |M − Mᵀ| of a shard's raw computation.</summary>
    public double Difference { get; private set; }

    /// <summary>Computes all shards, and leaves the roots of their subtrees.</summary>
    public void Add()
    {
        for (int shard = Begin(); shard < own.End; shard++)
            Add(shard);
    }

    /// <summary>Computes all shards where they are all that there are: the last one becomes the whole matrix. Gives the largest magnitude in it.</summary>
    public double Complete()
    {
        int last = shards.Count - 1, first = Begin();
        if (first > last)
            return Triangle.Unpack(Matrices.Roots[0].Sum, sweep.Matrix, plan.Device.Threads);
        for (int shard = first; shard < last; shard++)
            Add(shard);
        double largest = Complete(last);
        if (keeper is { IsDue: true })
            keeper.Keep(new(shards.Count, [Root(Vectors.Roots[0].Node, PackedTriangle.Of(sweep.Matrix), Vectors.Roots[0].Sum)], Difference));
        return largest;
    }

    private double Complete(int last)
    {
        Array.Clear(gradient);
        var waiting = new WaitingSums(sweep.Matrix.Rows, [.. Matrices.Roots.Reverse().Select(root => root.Sum)]);
        try
        {
            (double loss, double difference, double largest) = sweep.Complete(shards[last], waiting, Progress(last), cancellation);
            AddVector(last, loss, difference);
            return largest;
        }
        catch (OperationCanceledException)
        {
            Keep(last);
            throw;
        }
    }

    // Takes over what was kept, and gives the first shard that is not in it.
    private int Begin()
    {
        if (keeper?.Begun is not { } begun)
            return own.First;
        foreach (HessianRoot root in begun.Roots)
        {
            Matrices.Add(new(root.Level, root.Index), root.Triangle);
            Vectors.Add(new(root.Level, root.Index), [.. root.Gradient, root.Loss]);
        }

        Difference = begun.Difference;
        return begun.Shards;
    }

    private void Keep(int done)
    {
        if (done > (keeper?.Begun?.Shards ?? own.First))
            keeper?.Keep(new(done, [.. Matrices.Roots.Zip(Vectors.Roots, (matrix, vector) => Root(matrix.Node, matrix.Sum, vector.Sum))], Difference));
    }

    private static HessianRoot Root(TreeNode node, double[] triangle, double[] vector)
        => new(node.Level, node.Index, triangle, vector[..^1], vector[^1]);

    private void Add(int shard)
    {
        var node = new TreeNode(0, shard);
        Array.Clear(gradient);
        double[]? left = Matrices.TakeLeftOf(node);
        double[] place = left ?? Matrices.Take();
        (double loss, double difference) = Pack(shard, place, left);
        Matrices.Add(left is null ? node : node.Parent, place);
        AddVector(shard, loss, difference);
        if (keeper is { IsDue: true })
            Keep(shard + 1);
    }

    private (double Loss, double Difference) Pack(int shard, double[] place, double[]? left)
    {
        try
        {
            return sweep.Pack(shards[shard], place, accumulate: left is not null, Progress(shard), cancellation);
        }
        catch (OperationCanceledException)
        {
            // Nothing was added to it yet.
            if (left is not null)
                Matrices.Add(new(0, shard - 1), left);
            Keep(shard);
            throw;
        }
    }

    private void AddVector(int shard, double loss, double difference)
    {
        double[] vector = Vectors.Take();
        gradient.CopyTo(vector, 0);
        vector[^1] = loss;
        Vectors.Add(new(0, shard), vector);
        Difference = Math.Max(Difference, difference);
    }

    private ShareOfProgress? Progress(int shard) => progress is null ? null : new(progress, shard - own.First, own.Count);

    private sealed class ShareOfProgress(IProgress<double> whole, int done, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((done + value) / count);
    }
}
