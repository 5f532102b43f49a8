namespace BasinVolume.Data.Subsets;

/// <summary>How a subset is drawn.</summary>
public enum Sampling
{
    /// <summary>Every index from the whole set, so that one may come twice: <c>numpy.random.randint(N, size=k)</c>.</summary>
    WithReplacement,

    /// <summary>Every index at most once: the first k of <c>numpy.random.permutation(N)</c>.</summary>
    WithoutReplacement,

    /// <summary>Every index once, in ascending order; nothing is drawn.</summary>
    All,
}
