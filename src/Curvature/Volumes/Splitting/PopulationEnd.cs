namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>How one population ended.</summary>
/// <param name="Levels">How many levels it passed before T.</param>
/// <param name="Inside">How many of its points lie below T; 0 if it did not come down to it.</param>
/// <param name="Level">The last level before T, in units of the loss.</param>
/// <param name="LogShare">The logarithm of the share of the prior below T or, where it did not come down to T, below the last level; in nats.</param>
/// <param name="IdealVariance">Σ (1 − p)/(N p) over the levels: the variance of <paramref name="LogShare"/> if all points were independent.</param>
public sealed record PopulationEnd(int Levels, int Inside, double Level, double LogShare, double IdealVariance);
