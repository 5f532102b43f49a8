namespace BasinVolume.Curvature.Dense;

/// <summary>A symmetric tridiagonal matrix of order n.</summary>
/// <param name="Diagonal">The n elements (i, i).</param>
/// <param name="OffDiagonal">The n − 1 elements (i, i + 1); none for n = 0.</param>
internal sealed record TridiagonalMatrix(double[] Diagonal, double[] OffDiagonal)
{
    /// <summary>The largest row sum of absolute values; no eigenvalue is larger in magnitude.</summary>
    public double Norm
    {
        get
        {
            double norm = 0;
            for (int i = 0; i < Diagonal.Length; i++)
            {
                double above = i > 0 ? Math.Abs(OffDiagonal[i - 1]) : 0;
                double below = i < OffDiagonal.Length ? Math.Abs(OffDiagonal[i]) : 0;
                norm = Math.Max(norm, above + Math.Abs(Diagonal[i]) + below);
            }

            return norm;
        }
    }
}
