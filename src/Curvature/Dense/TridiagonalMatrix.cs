namespace BasinVolume.Curvature.Dense;

/// <summary>A symmetric tridiagonal matrix of order n.</summary>
/// <param name="Diagonal">The n elements (i, i).</param>
/// <param name="OffDiagonal">The n − 1 elements (i, i + 1); none for n = 0.</param>
internal sealed record TridiagonalMatrix(double[] Diagonal, double[] OffDiagonal);
