using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// What a sketch would have been without its probe i. The basis of the other products is Q_i = Q(I − s sᵀ) with s_i the unit vector that is orthogonal to
/// every other row of L: the column i of L⁻¹, scaled. Probe i is independent of Q_i, so that it may estimate what Q_i leaves out. All in the basis Q.
/// </summary>
internal sealed class LeftOut
{
    // Only the direction of s counts: what grows is made smaller before it overflows.
    private const double Large = 1e100;

    /// <summary>Leaves out each probe in turn.</summary>
    /// <param name="sketch">At least one probe, none of which vanished.</param>
    public LeftOut(ProbeSketch sketch)
    {
        Missing = MissingDirections(sketch);
        Kept = new Matrix(sketch.Probes, sketch.Basis.Count);
        for (int probe = 0; probe < sketch.Probes; probe++)
        {
            sketch.Coordinates.Row(probe).CopyTo(Kept.Row(probe));
            Vectors.AddScaled(Kept.Row(probe), -DotProduct.Of(Missing.Row(probe), Kept.Row(probe)), Missing.Row(probe));
        }

        CompressedMissing = Times(Missing, sketch.Compressed);
        CompressedKept = Times(Kept, sketch.Compressed);
    }

    /// <summary>s_i, a row each.</summary>
    public Matrix Missing { get; }

    /// <summary>x_i = (I − s sᵀ) w_i, a row each: the probe in the basis that is left.</summary>
    public Matrix Kept { get; }

    /// <summary>H s_i, a row each.</summary>
    public Matrix CompressedMissing { get; }

    /// <summary>H x_i, a row each.</summary>
    public Matrix CompressedKept { get; }

    // L⁻¹ eᵢ by forward substitution, from i on; the vectors that were given come first and stay.
    private static Matrix MissingDirections(ProbeSketch sketch)
    {
        int given = sketch.Given;
        var missing = new Matrix(sketch.Probes, sketch.Basis.Count);
        for (int probe = 0; probe < sketch.Probes; probe++)
        {
            Span<double> s = missing.Row(probe)[given..];
            s[probe] = 1;
            for (int row = probe + 1; row < s.Length; row++)
            {
                Span<double> l = sketch.Factor.Row(row)[given..];
                s[row] = -DotProduct.Of(l[probe..row], s[probe..row]) / l[row];
                if (Math.Abs(s[row]) > Large)
                    Vectors.Scale(s, 1 / Large);
            }

            Vectors.Scale(s, 1 / EuclideanNorm.Of(s));
        }

        return missing;
    }

    // V H for a symmetric H.
    private static Matrix Times(Matrix vectors, Matrix symmetric)
    {
        var result = new Matrix(vectors.Rows, symmetric.Rows);
        for (int row = 0; row < vectors.Rows; row++)
            for (int column = 0; column < symmetric.Rows; column++)
                result[row, column] = DotProduct.Of(symmetric.Row(column), vectors.Row(row));
        return result;
    }
}
