using System.Collections.Immutable;

namespace BasinVolume.Data.Pictures;

/// <summary>A picture in shades of grey.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Levels">0 (black) to 255, row by row.</param>
/// <param name="Steps">What was done to the file's picture, in order, for a person.</param>
public sealed record GreyPicture(int Width, int Height, ImmutableArray<byte> Levels, ImmutableArray<string> Steps)
{
    /// <summary>The level of a pixel.</summary>
    public byte this[int row, int column] => Levels[(row * Width) + column];
}
