namespace BasinVolume.Basins;

/// <summary>How the true loss is followed along rays.</summary>
/// <param name="Rays">How many, at least 1.</param>
/// <param name="Seed">What their directions are drawn from, at least 0.</param>
/// <param name="Tolerance">The relative width at which a crossing counts as found.</param>
/// <param name="Shape">What the directions are shaped by.</param>
public sealed record RayStudyOptions(int Rays, long Seed, double Tolerance, RayShape Shape);
