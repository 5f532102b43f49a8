namespace BasinVolume.Curvature.Dense;

/// <summary>A few equally long rows in one array, of which a product is taken.</summary>
/// <param name="Values">The array.</param>
/// <param name="Offset">Where the first row begins.</param>
/// <param name="Stride">Elements from one row to the next.</param>
/// <param name="Count">How many rows.</param>
internal readonly record struct PanelRows(double[] Values, int Offset, int Stride, int Count);
