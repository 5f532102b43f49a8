namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A node of the binary tree in which shards are added: that of level 0 is a shard, that of level l is the sum of nodes 2 i and 2 i + 1 of level l − 1.
/// </summary>
/// <param name="Level">l, from 0.</param>
/// <param name="Index">i, its number within the level.</param>
internal readonly record struct TreeNode(int Level, int Index)
{
    /// <summary>The first shard below it.</summary>
    public int FirstShard => Index << Level;

    /// <summary>The shard behind the last one below it.</summary>
    public int EndShard => (Index + 1) << Level;

    /// <summary>The node that it is a child of.</summary>
    public TreeNode Parent => new(Level + 1, Index >> 1);

    /// <summary>The other child of its parent.</summary>
    public TreeNode Sibling => this with { Index = Index ^ 1 };

    /// <summary>Whether this is the left child of the node that another one is the right child of.</summary>
    public bool IsLeftOf(TreeNode other) => Level == other.Level && (Index & 1) == 0 && other.Index == Index + 1;
}
