using System.Collections.Immutable;

namespace BasinVolume.Report.Findings;

/// <summary>The images that a model takes for another class.</summary>
/// <param name="Images">How many images it was shown.</param>
/// <param name="Total">How many it answered wrong.</param>
/// <param name="First">The first of those.</param>
public sealed record MistakenImages(int Images, int Total, ImmutableArray<MistakenImage> First);

/// <summary>One of them.</summary>
/// <param name="Rows">Its height.</param>
/// <param name="Columns">Its width.</param>
/// <param name="Levels">Its levels of grey, row by row.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Answer">What the model takes it for.</param>
/// <param name="Probability">With what probability; null for a network whose outputs are no logits.</param>
public sealed record MistakenImage(int Rows, int Columns, ImmutableArray<byte> Levels, int Label, int Answer, double? Probability);
