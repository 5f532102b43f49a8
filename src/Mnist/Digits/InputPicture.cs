using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Mnist.Digits;

/// <summary>A picture as a model sees it.</summary>
/// <param name="Shape">[channels, rows, columns].</param>
/// <param name="Levels">0 to 255, channel by channel and row by row.</param>
/// <param name="Steps">Everything that was done to the file's picture, in order, for a person.</param>
public sealed record InputPicture(Shape Shape, ImmutableArray<byte> Levels, ImmutableArray<string> Steps);
