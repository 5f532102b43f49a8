using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

/// <summary>Decompositions by MathNet and quadratic losses.</summary>
internal static class RayExamples
{
    /// <summary>All eigenpairs; MathNet has eigenvectors in columns.</summary>
    public static Eigenpairs Decompose(Matrix matrix)
    {
        var evd = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j])
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        return Eigenpairs.FromColumns([.. evd.EigenValues.Select(value => value.Real)], SymmetricMatrices.Of(matrix.Rows, (i, j) => evd.EigenVectors[i, j]));
    }

    /// <summary>½ (θ − t)ᵀH(θ − t).</summary>
    public static LossOf Quadratic(Matrix hessian, double[] minimum) => new(hessian.Rows, theta =>
    {
        double sum = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            for (int j = 0; j < theta.Length; j++)
                sum += (theta[i] - minimum[i]) * hessian[i, j] * (theta[j] - minimum[j]) / 2;
        }

        return sum;
    });
}
