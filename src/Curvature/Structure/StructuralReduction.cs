using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Structure;

/// <summary>
/// A symmetric matrix without its structural zeros. Each shift set is turned by Helmert's rotation, after which its first coordinate is the null direction, and
/// null coordinates are left out:
/// what remains has all other eigenvalues, and the zeros taken out are exact.
/// </summary>
public sealed class StructuralReduction
{
    private readonly int _order;
    private readonly int[][] _sets;
    private readonly int[] _kept;

    private StructuralReduction(Matrix whole, int[][] sets, int[] kept, ImmutableArray<StructuralZeros> groups, HostThreads threads)
    {
        (_order, _sets, _kept, Groups) = (whole.Rows, sets, kept, groups);
        Matrix = TurnedMatrix.Of(whole, sets, kept, threads);
    }

    /// <summary>A on the coordinates that are left, n − <see cref="Count"/> of them.</summary>
    public Matrix Matrix { get; }

    /// <summary>The zeros of each group, in the order in which the groups were given.</summary>
    public ImmutableArray<StructuralZeros> Groups { get; }

    /// <summary>How many zero eigenvalues were taken out.</summary>
    public int Count => _order - _kept.Length;

    /// <summary>Checks the null directions against the matrix and takes them out.</summary>
    /// <param name="matrix">A, n × n, symmetric and finite; left as it is.</param>
    /// <param name="groups">What is known of its null directions.</param>
    /// <param name="unitRoundoff">ε of the precision in which the matrix was computed; ‖A d‖ may be n·ε·‖A‖ (Frobenius) for a direction d of length 1.</param>
    /// <param name="threads">The team to compute with; results do not depend on its size.</param>
    /// <exception cref="MatrixException">
    /// The matrix contradicts a group, or a group names what the matrix does not have or what another group names too.
    /// </exception>
    public static StructuralReduction Of(Matrix matrix, ImmutableArray<NullDirections> groups, double unitRoundoff, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        Dense.SymmetryCheck.LargestElement(matrix, threads);
        var directions = new DirectionTable(matrix.Rows, groups);
        double norm = EuclideanNorm.Of(matrix.Values), allowed = matrix.Rows * unitRoundoff;
        var zeros = ImmutableArray.CreateBuilder<StructuralZeros>();
        for (int g = 0; g < groups.Length; g++)
        {
            (double residual, int coordinate) = LargestImage(matrix, directions, g);
            if (!(residual <= allowed * norm))
                throw new MatrixException(Contradiction(groups[g].Name, coordinate, residual / norm, allowed));
            zeros.Add(new(groups[g].Name, directions.Count(g), residual));
        }

        return new StructuralReduction(matrix, directions.RemainingSets(), directions.KeptCoordinates(), zeros.ToImmutable(), threads);
    }

    /// <summary>
    /// Whether the matrix has the null directions, as an identity: for who computed the matrix and keeps it whatever it turns out to be.
    /// <see cref="Of"/> refuses a matrix that breaks it.
    /// </summary>
    /// <param name="matrix">A, n × n, symmetric and finite; left as it is.</param>
    /// <param name="groups">What is known of its null directions.</param>
    /// <param name="unitRoundoff">ε of the precision in which the matrix was computed.</param>
    /// <exception cref="MatrixException">A group names what the matrix does not have or what another group names too.</exception>
    public static IdentityCheck Check(Matrix matrix, ImmutableArray<NullDirections> groups, double unitRoundoff)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        const string Name = "structural-zeros", Statement = "A d = 0";
        if (groups.IsEmpty)
            return IdentityCheck.NotApplicable(Name, Statement, "no null direction is known beforehand");
        var directions = new DirectionTable(matrix.Rows, groups);
        double bound = matrix.Rows * unitRoundoff * EuclideanNorm.Of(matrix.Values);
        return IdentityCheck.Worst(groups.Select((group, g) =>
            new IdentityCheck(Name, Statement, $"the null directions d of '{group.Name}' follow from the network",
                LargestImage(matrix, directions, g).Residual, bound, "n ε ‖A‖_F")));
    }

    /// <summary>The spectrum of A: the eigenvalues of <see cref="Matrix"/>, and <see cref="Count"/> exact zeros.</summary>
    /// <param name="eigenvalues">All eigenvalues of <see cref="Matrix"/>.</param>
    /// <param name="exactness">How exactly A is known.</param>
    public Spectrum Spectrum(ReadOnlySpan<double> eigenvalues, Exactness exactness)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(eigenvalues.Length, _kept.Length);
        return new Spectrum([.. eigenvalues, .. new double[Count]], exactness);
    }

    /// <summary>How many eigenvalues of A are zero to the spectrum's tolerance without being structural zeros.</summary>
    /// <param name="spectrum">The spectrum of A, as <see cref="Spectrum"/> gives it.</param>
    public int NumericalZeros(Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        return spectrum.Inertia.Zero - Count;
    }

    /// <summary>Vectors in the coordinates of A, from vectors in those of <see cref="Matrix"/>; lengths and angles stay.</summary>
    /// <param name="vectors">A vector a row, n − <see cref="Count"/> columns.</param>
    public Matrix Lift(Matrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Columns, _kept.Length);
        var lifted = new Matrix(vectors.Rows, _order);
        for (int k = 0; k < vectors.Rows; k++)
        {
            Span<double> target = lifted.Row(k);
            ReadOnlySpan<double> source = vectors.Row(k);
            for (int i = 0; i < _kept.Length; i++)
                target[_kept[i]] = source[i];
            foreach (int[] set in _sets)
                Helmert.ApplyTransposed(target, set);
        }

        return lifted;
    }

    /// <summary>
    /// All eigenpairs of A: those of <see cref="Matrix"/>, and an orthonormal basis of the null directions with exact zeros in their place of the order.
    /// </summary>
    /// <param name="reduced">All eigenpairs of <see cref="Matrix"/>.</param>
    /// <exception cref="MatrixException">Eigenvectors are missing.</exception>
    public Eigenpairs Whole(Eigenpairs reduced)
    {
        ArgumentNullException.ThrowIfNull(reduced);
        reduced.ThrowIfNotComplete();
        ArgumentOutOfRangeException.ThrowIfNotEqual(reduced.Count, _kept.Length);
        int below = reduced.Eigenvalues.Count(lambda => lambda < 0);
        var vectors = new Matrix(_order, _order);
        Matrix lifted = Lift(reduced.Vectors);
        lifted.Values.AsSpan(0, below * _order).CopyTo(vectors.Values);
        lifted.Values.AsSpan(below * _order).CopyTo(vectors.Values.AsSpan((below + Count) * _order));
        int next = below;
        foreach (int coordinate in Enumerable.Range(0, _order).Except(_kept))
        {
            Span<double> direction = vectors.Row(next++);
            direction[coordinate] = 1;
            foreach (int[] set in _sets.Where(set => set[0] == coordinate))
                Helmert.ApplyTransposed(direction, set);
        }

        return new([.. reduced.Eigenvalues[..below], .. new double[Count], .. reduced.Eigenvalues[below..]], 0, vectors);
    }

    // max ‖A d‖ over a group's directions of length 1, and the first coordinate of the direction that has it.
    private static (double Residual, int Coordinate) LargestImage(Matrix matrix, DirectionTable directions, int group)
    {
        (double Residual, int Coordinate) largest = default;
        double[] image = new double[matrix.Rows];
        foreach (int[] direction in directions.Of(group))
        {
            Array.Clear(image);
            double element = 1 / Math.Sqrt(direction.Length);
            foreach (int coordinate in direction)
                Vectors.AddScaled(image, element, matrix.Row(coordinate));

            double residual = EuclideanNorm.Of(image);
            if (!(residual <= largest.Residual))
                largest = (residual, direction[0]);
        }

        return largest;
    }

    private static string Contradiction(string name, int coordinate, double residual, double allowed) => string.Create(
        CultureInfo.InvariantCulture,
        $"The direction of '{name}' that begins with coordinate {coordinate} is no null direction of the matrix: "
        + $"its image is {residual:g3} of the matrix's norm where at most "
        + $"{allowed:g3} is expected: check that the description belongs to this matrix and to its parameter order.");
}
