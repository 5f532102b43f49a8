using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Matrices;

/// <summary>A matrix as it was read, made symmetric, with how exact it is.</summary>
/// <param name="Matrix">A, symmetric to the last bit.</param>
/// <param name="Precision">What its elements were rounded to.</param>
/// <param name="Asymmetry">max|a_ij − a_ji|/max|a_ij| of the file, of which A is the symmetric part.</param>
/// <param name="AsymmetryTolerance">The largest that would have been taken.</param>
/// <param name="Exactness">How exactly A is known.</param>
public sealed record SymmetricMatrix(Matrix Matrix, MatrixPrecision Precision, double Asymmetry, double AsymmetryTolerance, Exactness Exactness)
{
    /// <summary>The above as a part of a sentence.</summary>
    public string Statement => Asymmetry == 0
        ? $"{ChoiceNames.Of(Precision)}, symmetric"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{ChoiceNames.Of(Precision)}, its asymmetry {Asymmetry:g3} of the largest element, "
            + $"where up to {AsymmetryTolerance:g3} is rounding; taken as (A + Aᵀ)/2");

    /// <summary>Reads a matrix.</summary>
    /// <param name="path">A .npy file, or a .npz file with one array.</param>
    /// <param name="stated">What is known of how exact it is; the rest follows from the type of its elements.</param>
    /// <param name="copies">How many matrices of its order are held at once by what is done with it; as much memory must be free before it is read.</param>
    /// <exception cref="DataException">
    /// The file cannot be read or does not fit, or its matrix is not square, not finite, or less symmetric than it is exact.
    /// </exception>
    public static SymmetricMatrix Read(string path, StatedExactness stated, double copies)
    {
        ArgumentNullException.ThrowIfNull(stated);
        LargePages.AskFor();
        NpyArray array = Npy.Read(path, copies);
        if (array.Shape.Count != 2 || array.Count == 0 || array.Shape[0] != array.Shape[1])
            throw new DataException(
                $"{path} has shape ({string.Join(", ", array.Shape)}) where a square matrix (n, n) with n at least 1 is expected; give a symmetric matrix.");
        var matrix = new Matrix(array.Shape[0], array.Shape[1], array.AsDoubles());
        try
        {
            return Symmetrised(path, matrix, stated.Precision ?? PrecisionOf(array), stated);
        }
        catch (MatrixException e)
        {
            throw new DataException($"{path}: {e.Message}", e);
        }
    }

    private static MatrixPrecision PrecisionOf(NpyArray array) => array.RealBits switch
    {
        16 => MatrixPrecision.Float16,
        32 => MatrixPrecision.Float32,
        _ => MatrixPrecision.Float64,
    };

    private static SymmetricMatrix Symmetrised(string path, Matrix matrix, MatrixPrecision precision, StatedExactness stated)
    {
        var asymmetry = Curvature.Dense.Asymmetry.Of(matrix);
        double roundoff = RoundoffOf(precision, asymmetry.LargestElement);
        double allowed = stated.AsymmetryTolerance ?? (matrix.Rows * roundoff);
        if (!(asymmetry.Relative <= allowed))
            throw new DataException(Refusal(path, matrix, precision, stated, asymmetry, allowed));
        if (asymmetry.Relative > 0)
            Curvature.Dense.Asymmetry.Remove(matrix);
        // Half of the asymmetry is what symmetrising moved: if that is more than rounding, the elements are no better known than so.
        var exactness = new Exactness(Math.Max(roundoff, asymmetry.Relative / 2)) { StatedZeroTolerance = stated.ZeroTolerance };
        return new(matrix, precision, asymmetry.Relative, allowed, exactness);
    }

    // ε, or where the largest element is so small that its type has fewer digits left for it, one step of that type.
    private static double RoundoffOf(MatrixPrecision precision, double largest)
    {
        (double roundoff, double step) = precision switch
        {
            MatrixPrecision.Float16 => (Spectrum.HalfRoundoff, (double)Half.Epsilon),
            MatrixPrecision.Float32 => (Spectrum.SingleRoundoff, float.Epsilon),
            _ => (Spectrum.DoubleRoundoff, double.Epsilon),
        };
        return largest > 0 ? Math.Clamp(step / largest, roundoff, 0.5) : roundoff;
    }

    private static string Refusal(string path, Matrix matrix, MatrixPrecision precision, StatedExactness stated, Asymmetry asymmetry, double allowed)
    {
        string bound = stated.AsymmetryTolerance is null
            ? string.Create(CultureInfo.InvariantCulture, $"where at most {allowed:g3}, order times rounding in {ChoiceNames.Of(precision)}, is expected")
            : string.Create(CultureInfo.InvariantCulture, $"where --asymmetry-tolerance allows {allowed:g3}");
        return $"{path} is not symmetric: {asymmetry.WorstPair}, {bound}; {Advice(matrix, asymmetry.Relative)}.";
    }

    private static string Advice(Matrix matrix, double asymmetry)
    {
        bool hasUpper = false, hasLower = false;
        for (int i = 0; i < matrix.Rows; i++)
        {
            hasUpper |= matrix.Row(i)[(i + 1)..].ContainsAnyExcept(0);
            hasLower |= matrix.Row(i)[..i].ContainsAnyExcept(0);
        }

        if (!hasUpper || !hasLower)
            return $"only its {(hasLower ? "lower" : "upper")} triangle is filled, so save A + Aᵀ − diag(A) instead";
        return asymmetry >= 1
            ? "check how it was made"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"if that is rounding, say how exact the matrix is with --matrix-precision or --asymmetry-tolerance {RoundedUp(asymmetry)}, "
                + $"else check how it was made");
    }

    // To one digit, so that what is advised suffices.
    private static double RoundedUp(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(value / unit) * unit:g1}"), CultureInfo.InvariantCulture);
    }
}
