namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Consecutive shards.</summary>
/// <param name="First">The first of them.</param>
/// <param name="End">The one behind the last of them.</param>
internal readonly record struct ShardRange(int First, int End)
{
    /// <summary>How many there are.</summary>
    public int Count => End - First;

    /// <summary>
    /// The roots of the largest whole subtrees that these shards are, in ascending order: what their sums add up to before other shards come in.
    /// </summary>
    public IEnumerable<TreeNode> Roots()
    {
        for (int shard = First; shard < End;)
        {
            int level = 0;
            while ((shard & ((2 << level) - 1)) == 0 && shard + (2 << level) <= End)
                level++;
            var root = new TreeNode(level, shard >> level);
            yield return root;
            shard = root.EndShard;
        }
    }
}
