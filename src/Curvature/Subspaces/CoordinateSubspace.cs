using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>The subspace of some coordinates: what is removed becomes 0 there, and nothing else changes.</summary>
public sealed class CoordinateSubspace : ISubspace
{
    private readonly int[] _coordinates;

    /// <summary>The subspace of given coordinates.</summary>
    /// <param name="coordinates">Each at least 0, none twice.</param>
    /// <exception cref="MatrixException">A coordinate is negative, or named twice.</exception>
    public CoordinateSubspace(params ReadOnlySpan<int> coordinates)
    {
        _coordinates = [.. coordinates];
        Array.Sort(_coordinates);
        for (int i = 0; i < _coordinates.Length; i++)
        {
            if (_coordinates[i] < 0 || (i > 0 && _coordinates[i] == _coordinates[i - 1]))
                throw new MatrixException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A subspace names coordinate {_coordinates[i]}, which is {(_coordinates[i] < 0 ? "negative" : "there already")}: name each once."));
        }
    }

    /// <inheritdoc/>
    public int Dimension => _coordinates.Length;

    /// <summary>The coordinates, ascending.</summary>
    public ImmutableArray<int> Coordinates => [.. _coordinates];

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors are too short for a coordinate.</exception>
    public void RemoveFrom(Matrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (_coordinates.Length > 0 && _coordinates[^1] >= vectors.Columns)
            throw new MatrixException(
                $"A subspace names coordinate {_coordinates[^1]} of vectors with {vectors.Columns} elements: take both from the same map.");
        for (int v = 0; v < vectors.Rows; v++)
        {
            Span<double> vector = vectors.Row(v);
            foreach (int coordinate in _coordinates)
                vector[coordinate] = 0;
        }
    }
}
