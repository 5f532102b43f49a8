namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>How far populations have come down. How many levels there will be nobody knows beforehand.</summary>
/// <param name="Number">The level's, from 1.</param>
/// <param name="Highest">The loss at the highest of the populations' levels.</param>
/// <param name="Height">T, where they go.</param>
/// <param name="Above">How many populations have not come below T.</param>
/// <param name="Populations">How many there are.</param>
public readonly record struct SplittingLevel(int Number, double Highest, double Height, int Above, int Populations);
