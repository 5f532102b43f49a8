using System.Collections.Immutable;

namespace BasinVolume.Report.Findings;

/// <summary>The samples that a model takes for another class.</summary>
/// <param name="Images">How many samples it was shown.</param>
/// <param name="Total">How many it answered wrong.</param>
/// <param name="First">The first of those; none where samples are no images.</param>
public sealed record MistakenImages(int Images, int Total, ImmutableArray<MistakenImage> First);

/// <summary>One of them.</summary>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Levels">Its levels 0 to 255, row by row: of grey, or of red, then green, then blue.</param>
/// <param name="Label">What it shows, a class by its name.</param>
/// <param name="Answer">What the model takes it for, a class by its name.</param>
/// <param name="Probability">With what probability; null for a network whose outputs are no logits.</param>
public sealed record MistakenImage(int Rows, int Columns, ImmutableArray<byte> Levels, string Label, string Answer, double? Probability)
{
    /// <summary>Whether it is in colour.</summary>
    public bool HasColours => Levels.Length > Rows * Columns;
}
