using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>What the mean of a function over a measure lies between.</summary>
/// <param name="Bracket">The bracket.</param>
/// <param name="Rules">The rules that it is of: Gauss's first, then Radau's at the ends of the spectrum that are known.</param>
public readonly record struct ProbeBracket(Interval Bracket, ImmutableArray<SpectralQuadrature> Rules);
