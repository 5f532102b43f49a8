using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature;

/// <summary>All eigenvalues of a symmetric matrix, and the eigenvectors of a stretch of them.</summary>
/// <param name="Eigenvalues">All n eigenvalues, ascending, in the units of the matrix.</param>
/// <param name="First">The place, in that order, of the first eigenvalue whose eigenvector is here.</param>
/// <param name="Vectors">An eigenvector a row, of length 1 each and orthogonal to each other: row k belongs to eigenvalue <paramref name="First"/> + k.</param>
public sealed record Eigenpairs(ImmutableArray<double> Eigenvalues, int First, Matrix Vectors)
{
    /// <summary>All eigenpairs from eigenvectors that are columns, as NumPy, LAPACK and most others give them.</summary>
    /// <param name="eigenvalues">All n eigenvalues, ascending, in the units of the matrix.</param>
    /// <param name="columns">n × n; column k is the unit eigenvector of eigenvalue k. Copied.</param>
    public static Eigenpairs FromColumns(ImmutableArray<double> eigenvalues, Matrix columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new(eigenvalues, 0, columns.Transpose());
    }

    /// <summary>How many there are and where they lie, for a person.</summary>
    public override string ToString() => Count == 0
        ? $"{Eigenvalues.Length} eigenvalues without vectors"
        : string.Create(
            CultureInfo.InvariantCulture, $"{Eigenvalues.Length} eigenvalues, {Count} of them with vectors: {Value(0):g6} … {Value(Count - 1):g6}");

    /// <summary>How many eigenvectors are here.</summary>
    public int Count => Vectors.Rows;

    /// <summary>The eigenvalue of vector <paramref name="k"/>.</summary>
    /// <param name="k">0 … <see cref="Count"/> − 1.</param>
    public double Value(int k) => Eigenvalues[First + k];

    /// <summary>Vector <paramref name="k"/>, n elements, of length 1; its sign is arbitrary.</summary>
    /// <param name="k">0 … <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<double> Vector(int k) => Vectors.Row(k);

    /// <summary>The eigenpairs of A + μI: other eigenvalues, the same eigenvectors.</summary>
    /// <param name="shift">μ, in the units of the matrix.</param>
    public Eigenpairs Shifted(double shift) => this with { Eigenvalues = [.. Eigenvalues.Select(lambda => lambda + shift)] };

    /// <summary>The coordinates of a vector along the eigenvectors: V x.</summary>
    internal double[] Along(ReadOnlySpan<double> vector)
    {
        double[] along = new double[Count];
        for (int k = 0; k < along.Length; k++)
            along[k] = DotProduct.Of(Vector(k), vector);
        return along;
    }

    /// <summary>Checks that there is an eigenvector for every eigenvalue.</summary>
    /// <exception cref="MatrixException">There is not.</exception>
    internal void ThrowIfNotComplete()
    {
        int order = Eigenvalues.Length;
        if (First != 0 || Vectors.Rows != order || Vectors.Columns != order)
            throw new MatrixException(
                $"There are {Vectors.Rows} eigenvectors of length {Vectors.Columns} from place {First} on where all of {order} eigenvalues are expected: "
                + $"ask for the eigenvectors of the whole range.");
    }
}
