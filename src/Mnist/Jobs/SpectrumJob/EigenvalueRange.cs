namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>Which eigenvalues are asked for.</summary>
/// <param name="Spelling">As on the command line: all, largest:K or smallest:K.</param>
/// <param name="Places">Their places in ascending order: <c>..</c>, <c>^K..</c> or <c>..K</c>.</param>
/// <param name="Least">The least order that a matrix must have for it: K, or 0 for all.</param>
public sealed record EigenvalueRange(string Spelling, Range Places, int Least)
{
    /// <summary>Every eigenvalue.</summary>
    public static EigenvalueRange All { get; } = new("all", Range.All, 0);

    /// <summary>The K largest.</summary>
    public static EigenvalueRange Largest(int count) => new(FormattableString.Invariant($"largest:{count}"), ^count.., count);

    /// <summary>The K smallest, the most negative first.</summary>
    public static EigenvalueRange Smallest(int count) => new(FormattableString.Invariant($"smallest:{count}"), ..count, count);

    /// <summary>As on the command line.</summary>
    public override string ToString() => Spelling;
}
