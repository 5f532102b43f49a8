using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Matrices;

/// <summary>What was said of how exact a matrix is; what is null follows from its file.</summary>
/// <param name="Precision">What its elements were rounded to.</param>
/// <param name="AsymmetryTolerance">How far mirrored elements may differ, in units of the largest element.</param>
/// <param name="ZeroTolerance">Up to which magnitude an eigenvalue is zero, in units of max|λ|.</param>
public sealed record StatedExactness(MatrixPrecision? Precision = null, double? AsymmetryTolerance = null, double? ZeroTolerance = null)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="OptionException">A number is outside its range.</exception>
    public void Check()
    {
        NumberRanges.Tolerance.Demand("--asymmetry-tolerance", AsymmetryTolerance);
        NumberRanges.Tolerance.Demand("--zero-tolerance", ZeroTolerance);
    }
}
