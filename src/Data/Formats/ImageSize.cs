namespace BasinVolume.Data.Formats;

/// <summary>The size of an image.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public sealed record ImageSize(int Height, int Width);
