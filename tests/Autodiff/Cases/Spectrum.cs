using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Eigenvalues by another library.</summary>
internal static class Spectrum
{
    public static double[] Of(Hessian hessian)
    {
        int n = hessian.Matrix.Rows;
        return
            [.. Matrix<double>.Build.Dense(n, n, (i, j) => hessian.Matrix[i, j]).Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
    }
}
