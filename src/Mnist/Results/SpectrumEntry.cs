using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;

namespace BasinVolume.Mnist.Results;

/// <summary>What result.json and spectrum.json say of a spectrum, key by key.</summary>
internal record SpectrumEntry
{
    protected SpectrumEntry(SolvedSpectrum solved, double seconds)
    {
        Spectrum spectrum = solved.Spectrum;
        var determinant = BasinVolume.Curvature.LogDeterminant.Of(spectrum);
        (Seconds, Method) = (seconds, solved.Method);
        (Min, Max) = (spectrum.Minimum, spectrum.Maximum);
        (Positive, Zero, Negative) = (spectrum.Inertia.Positive, spectrum.Inertia.Zero, spectrum.Inertia.Negative);
        ZeroTolerance = spectrum.ZeroTolerance;
        (StructuralZeros, NumericalZeros) = (solved.StructuralCount, solved.NumericalZeros);
        Outliers = BasinVolume.Curvature.Outliers.Of(spectrum).Eigenvalues.Length;
        StructuralGroups = solved.StructuralZeros.Select(group => new { group.Name, group.Count, group.LargestResidual });
        LogDeterminant = new { determinant.Sign, LogAbs = determinant.LogAbsolute, Pseudo = determinant.PseudoLogAbsolute, determinant.Rank };
    }

    public double Seconds { get; }

    public string Method { get; }

    public double Min { get; }

    public double Max { get; }

    public int Positive { get; }

    public int Zero { get; }

    public int Negative { get; }

    public double ZeroTolerance { get; }

    public int StructuralZeros { get; }

    public int NumericalZeros { get; }

    public int Outliers { get; }

    public object StructuralGroups { get; }

    public object LogDeterminant { get; }

    /// <summary>The entry of a spectrum.</summary>
    public static SpectrumEntry Of(SolvedSpectrum solved, double seconds) => new(solved, seconds);
}
