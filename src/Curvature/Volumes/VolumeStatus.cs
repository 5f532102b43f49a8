namespace BasinVolume.Curvature.Volumes;

/// <summary>Whether a region has a volume that is a number.</summary>
public enum VolumeStatus
{
    /// <summary>The region is bounded and not empty: its log-volume is a number.</summary>
    Defined,

    /// <summary>No point lies in the region: the loss is nowhere low enough, or is not a number.</summary>
    Empty,

    /// <summary>The quadratic form has a direction that does not rise: the region is unbounded and has no finite volume.</summary>
    Unbounded,

    /// <summary>The value is sampled, and too few samples carry it: there is a lower bound and no estimate.</summary>
    Unresolved,

    /// <summary>
    /// The definition has no answer here: a loss that is not a number, a computation outside the range of a double or short of its accuracy, or a value that
    /// would not be what it is called.
    /// </summary>
    Failed,
}
