namespace BasinVolume.Curvature.MatrixFree;

/// <summary>What a stage took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Products">Products with a direction.</param>
/// <param name="Seconds">Seconds, by a clock on the wall.</param>
public sealed record StageCost(string Name, long Products, double Seconds);
