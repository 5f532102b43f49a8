namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Whoever keeps the computation of a Hessian, so that one that was interrupted goes on behind the shards of its samples that are added.</summary>
public interface IHessianKeeper
{
    /// <summary>Where the computation was that is gone on with; null for one that begins.</summary>
    HessianSums? Begun { get; }

    /// <summary>Whether it is time to keep it.</summary>
    bool IsDue { get; }

    /// <summary>Keeps it.</summary>
    /// <param name="sums">Where it is; what its roots hold changes afterwards.</param>
    void Keep(HessianSums sums);
}
