using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;

namespace BasinVolume.Report.Records;

/// <summary>What is said of the eigenvalues of a matrix (<see href="spectrum.md"/>).</summary>
public record SpectrumRecord
{
    /// <summary>Seconds for them.</summary>
    public double? Seconds { get; init; }

    /// <summary><c>householder-laguerre</c> without eigenvectors, <c>householder-divide-and-conquer</c> with.</summary>
    public string? Method { get; init; }

    /// <summary>The smallest, with its sign.</summary>
    public double? Min { get; init; }

    /// <summary>The largest.</summary>
    public double? Max { get; init; }

    /// <summary>How many lie above the tolerance.</summary>
    public int? Positive { get; init; }

    /// <summary>How many are zero.</summary>
    public int? Zero { get; init; }

    /// <summary>How many lie below minus the tolerance.</summary>
    public int? Negative { get; init; }

    /// <summary>
    /// max(n·2⁻⁵², √n·ε)·max|λ|, ε of the precision: the larger of what the solver and what the matrix's own rounding may make of a zero;
    /// max(n·2⁻⁵², <c>--zero-tolerance</c>)·max|λ| where that is given.
    /// </summary>
    public double? ZeroTolerance { get; init; }

    /// <summary>
    /// How many of the zeros the network implies; 0 for anyone's matrix. They were checked against H and taken out by a rotation before the solve, so they are
    /// exactly 0.
    /// </summary>
    public int? StructuralZeros { get; init; }

    /// <summary><c>zero</c> − <c>structural_zeros</c>: eigenvalues that happen to be too small to tell.</summary>
    public int? NumericalZeros { get; init; }

    /// <summary>
    /// How many eigenvalues stand apart from the bulk: the largest in magnitude, down to the last gap that is at least 1½ times as wide as the spread of the
    /// ten eigenvalues behind it. Zeros count for nothing, and at most a quarter of the rest is apart.
    /// Pure noise, AᵀA of any shape or a random symmetric matrix, has none.
    /// </summary>
    public int? Outliers { get; init; }

    /// <summary>Where the structural zeros come from.</summary>
    public ImmutableArray<StructuralGroupRecord>? StructuralGroups { get; init => field = Elements.Known(value); }

    /// <summary>The logarithm of the determinant.</summary>
    public LogDeterminantRecord? LogDeterminant { get; init; }

    /// <summary>An empty one, to be filled key by key.</summary>
    public SpectrumRecord()
    {
    }

    /// <summary>What is said of a spectrum.</summary>
    /// <param name="solved">The spectrum.</param>
    /// <param name="seconds">Seconds for it.</param>
    public SpectrumRecord(SolvedSpectrum solved, double seconds)
    {
        ArgumentNullException.ThrowIfNull(solved);
        Spectrum spectrum = solved.Spectrum;
        (Seconds, Method, Min, Max) = (seconds, solved.Method, spectrum.Minimum, spectrum.Maximum);
        (Positive, Zero, Negative, ZeroTolerance) = (spectrum.Inertia.Positive, spectrum.Inertia.Zero, spectrum.Inertia.Negative, spectrum.ZeroTolerance);
        (StructuralZeros, NumericalZeros, Outliers) = (solved.StructuralCount, solved.NumericalZeros, Curvature.Outliers.Of(spectrum).Eigenvalues.Length);
        StructuralGroups = [.. solved.StructuralZeros.Select(
            group => new StructuralGroupRecord { Name = group.Name, Count = group.Count, LargestResidual = group.LargestResidual })];
        LogDeterminant = LogDeterminantRecord.Of(Curvature.LogDeterminant.Of(spectrum));
    }
}

/// <summary>Zeros that follow from a network for one reason.</summary>
public sealed record StructuralGroupRecord
{
    /// <summary>The reason.</summary>
    public string? Name { get; init; }

    /// <summary>How many.</summary>
    public int? Count { get; init; }

    /// <summary>The largest |Hv| of their directions v of length 1.</summary>
    public double? LargestResidual { get; init; }
}

/// <summary>The logarithm of a determinant.</summary>
public sealed record LogDeterminantRecord
{
    /// <summary>−1 or 1; 0 if an eigenvalue is zero.</summary>
    public int? Sign { get; init; }

    /// <summary>log|det|; null when singular.</summary>
    public double? LogAbs { get; init; }

    /// <summary>The same over the eigenvalues that are not zero.</summary>
    public double? Pseudo { get; init; }

    /// <summary>How many those are.</summary>
    public int? Rank { get; init; }

    /// <summary>What is said of one.</summary>
    public static LogDeterminantRecord Of(LogDeterminant determinant)
    {
        ArgumentNullException.ThrowIfNull(determinant);
        return new() { Sign = determinant.Sign, LogAbs = determinant.LogAbsolute, Pseudo = determinant.PseudoLogAbsolute, Rank = determinant.Rank };
    }
}
