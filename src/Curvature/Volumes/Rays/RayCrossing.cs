namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>What was found along one ray θ* + m v.</summary>
/// <param name="Outcome">How the search ended.</param>
/// <param name="Radius">m: where the loss crosses the threshold; the limit if it never does; where the loss is not a number.</param>
/// <param name="Norm">|v|.</param>
/// <param name="Projection">θ*·v.</param>
/// <param name="Monotone">Whether the loss rose from each radius of an evaluation to the next.</param>
/// <param name="LogDensity">The logarithm of the density its direction was drawn with, relative to the uniform one.</param>
public readonly record struct RayCrossing(RayOutcome Outcome, double Radius, double Norm, double Projection, bool Monotone, double LogDensity = 0);
