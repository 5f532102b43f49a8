namespace BasinVolume.Autodiff.Sweeps;

/// <summary>A Hessian of whose samples the first shards are added.</summary>
/// <param name="Shards">How many shards.</param>
/// <param name="Roots">The roots of the whole subtrees that they are, in ascending order.</param>
/// <param name="Difference">The largest max |H − Hᵀ| of a shard's raw computation.</param>
public sealed record HessianSums(int Shards, IReadOnlyList<HessianRoot> Roots, double Difference);
