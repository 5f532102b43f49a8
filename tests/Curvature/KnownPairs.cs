using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests;

/// <summary>Eigenpairs of a dense matrix in the form in which products find them.</summary>
internal static class KnownPairs
{
    /// <summary>The exact pairs of both ends.</summary>
    public static RitzPairs Of(Matrix matrix, int smallest, int largest)
    {
        Eigenpairs all = SymmetricEigenvectors.Compute(
            matrix, .., SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        int[] chosen = [.. Enumerable.Range(0, smallest), .. Enumerable.Range(matrix.Rows - largest, largest)];
        var vectors = new Matrix(chosen.Length, matrix.Rows);
        for (int i = 0; i < chosen.Length; i++)
            all.Vector(chosen[i]).CopyTo(vectors.Row(i));
        ImmutableArray<RitzPair> pairs = [.. chosen.Select(k => new RitzPair(all.Value(k), 0, new Interval(all.Value(k), all.Value(k)), true))];
        return new(pairs, vectors, smallest, Products: 0, Restarts: 0, Reason: null);
    }

    /// <summary>No pairs.</summary>
    public static RitzPairs None(int order) => new([], new Matrix(0, order), 0, Products: 0, Restarts: 0, Reason: null);
}
