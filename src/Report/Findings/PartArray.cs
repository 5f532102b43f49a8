using System.Collections.Immutable;

namespace BasinVolume.Report.Findings;

/// <summary>Numbers of a part of a result.</summary>
/// <param name="Name">What they are called within the part.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Values">The numbers, row by row.</param>
public sealed record PartArray(string Name, ImmutableArray<int> Shape, double[] Values);
