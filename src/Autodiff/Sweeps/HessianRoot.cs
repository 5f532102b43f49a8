namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A node of the binary tree in which the shards of a Hessian's samples are added: the sum over shards i 2ˡ to (i + 1) 2ˡ − 1.
/// </summary>
/// <param name="Level">l, from 0: a single shard.</param>
/// <param name="Index">i, from 0.</param>
/// <param name="Triangle">The upper triangle of the sum, row by row without what lies left of the diagonal: n (n + 1)/2 elements.</param>
/// <param name="Gradient">The sum of gradients, [n].</param>
/// <param name="Loss">The sum of losses.</param>
public sealed record HessianRoot(int Level, int Index, double[] Triangle, double[] Gradient, double Loss);
