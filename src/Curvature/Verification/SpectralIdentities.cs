using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Verification;

/// <summary>
/// What a symmetric matrix A and its eigenvalues λ must agree in:
/// <code>
/// A = Aᵀ        trace A = Σ λ        ‖A‖_F = √Σ λ²
/// </code>
/// A solver by n orthogonal steps, each off by a few 2⁻⁵² ‖A‖_F, gives the eigenvalues of A + E with ‖E‖_F ≤ 4 n 2⁻⁵² ‖A‖_F. Norms differ by at most ‖E‖_F;
/// trace E could be √n larger if all of E's rounding were of one sign, which steps of both signs do not make it.
/// <para>
/// A spectrum whose null directions d (orthonormal) were known and taken out is that of A' = PAP, P the projection that removes them.
/// |trace A − trace A'| = |Σ dᵀA d| ≤ Σ ‖A d‖ and ‖A − A'‖²_F ≤ 2 Σ ‖A d‖², so both bounds grow by 2 Σ ‖A d‖:
/// nothing in double, the matrix's own rounding where it was computed in float.
/// </para>
/// </summary>
public static class SpectralIdentities
{
    private static readonly (string Name, string Statement) Symmetry = ("matrix-symmetry", "A = Aᵀ");
    private static readonly (string Name, string Statement) Trace = ("trace", "trace A = Σ λ");
    private static readonly (string Name, string Statement) Frobenius = ("frobenius-norm", "‖A‖_F = √Σ λ²");
    private static readonly (string Name, string Statement) Negative = ("negative-eigenvalues", "n₋ ≤ m");

    /// <summary>Checks a matrix and its spectrum.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="spectrum">Its eigenvalues.</param>
    /// <param name="mostNegative">m, the most negative eigenvalues that A can have, from whoever knows where it came from; null where nothing is known.</param>
    /// <param name="takenOut">Σ ‖A d‖ over the null directions that were taken out before the solve; 0 if A was solved whole.</param>
    /// <exception cref="MatrixException">The matrix is not square, or the spectrum is of another order.</exception>
    public static ImmutableArray<IdentityCheck> Check(Matrix matrix, Spectrum spectrum, int? mostNegative, double takenOut = 0)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(spectrum);
        if (matrix.Rows != matrix.Columns || matrix.Rows != spectrum.Order)
            throw new MatrixException(
                $"A matrix of {matrix.Rows} x {matrix.Columns} and a spectrum of order {spectrum.Order} do not belong together; "
                + $"give the eigenvalues of that matrix.");
        int n = matrix.Rows;
        double norm = EuclideanNorm.Of(matrix.Values), bound = (4 * n * Spectrum.DoubleRoundoff * norm) + (2 * takenOut);
        string formula = takenOut > 0 ? "4n 2⁻⁵² ‖A‖_F + 2 Σ ‖A d‖" : "4n 2⁻⁵² ‖A‖_F";
        double trace = CompensatedSum.Of(Diagonal(matrix));
        return
        [
            new(Symmetry.Name, Symmetry.Statement, "it is a Hessian", LargestAsymmetry(matrix),
                n * Spectrum.DoubleRoundoff * Magnitude.Largest(matrix.Values), "n 2⁻⁵² max|A|"),
            new(Trace.Name, Trace.Statement, "the trace does not depend on the basis", Math.Abs(trace - spectrum.Trace), bound, formula),
            new(Frobenius.Name, Frobenius.Statement, "nor does the Frobenius norm", Math.Abs(norm - spectrum.FrobeniusNorm), bound, formula),
            mostNegative is { } most
                ? new(
                    Negative.Name,
                    Negative.Statement,
                    $"on all but m = {most} parameters it is the Gauss–Newton matrix of one layer, which has no negative eigenvalue; "
                    + $"n₋ = {spectrum.Inertia.Negative}",
                    Math.Max(0, spectrum.Inertia.Negative - most),
                    0,
                    "0: exactly")
                : IdentityCheck.NotApplicable(Negative.Name, Negative.Statement, "nothing is known that bounds their number"),
        ];
    }

    /// <summary>The same checks where there is no matrix.</summary>
    /// <param name="reason">Why not.</param>
    public static ImmutableArray<IdentityCheck> NotApplicable(string reason)
        => [.. new[] { Symmetry, Trace, Frobenius, Negative }.Select(identity => IdentityCheck.NotApplicable(identity.Name, identity.Statement, reason))];

    private static double[] Diagonal(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(i => matrix[i, i])];

    private static double LargestAsymmetry(Matrix matrix)
    {
        double largest = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
                largest = Math.Max(largest, Math.Abs(matrix[i, j] - matrix[j, i]));
        }

        return largest;
    }
}
