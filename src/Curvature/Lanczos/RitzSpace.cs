using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>The map in a space: its Ritz pairs with what the recurrence knows of their residuals.</summary>
/// <param name="Pairs">All eigenpairs of the projection, ascending, in the units of the space.</param>
/// <param name="Residuals">‖E s‖ of each.</param>
internal sealed record RitzSpace(Eigenpairs Pairs, double[] Residuals)
{
    /// <summary>How many.</summary>
    public int Count => Residuals.Length;

    /// <summary>max|θ|, what tolerances are relative to.</summary>
    public double Scale => Count == 0 ? 0 : Math.Max(Math.Abs(Pairs.Eigenvalues[0]), Math.Abs(Pairs.Eigenvalues[^1]));

    /// <summary>(Σ θ²)^½, at most the Frobenius norm of A.</summary>
    public double FrobeniusNorm => EuclideanNorm.Of(Pairs.Eigenvalues.AsSpan());

    /// <summary>Those at both ends alone.</summary>
    public RitzSpace Ends(int lower, int upper)
    {
        int[] places = [.. Enumerable.Range(0, lower), .. Enumerable.Range(Count - upper, upper)];
        var vectors = new Matrix(places.Length, Count);
        for (int i = 0; i < places.Length; i++)
            Pairs.Vector(places[i]).CopyTo(vectors.Row(i));
        return new(new([.. places.Select(Pairs.Value)], 0, vectors), [.. places.Select(place => Residuals[place])]);
    }
}
