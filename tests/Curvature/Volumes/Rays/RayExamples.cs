using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

/// <summary>Decompositions by MathNet and quadratic losses.</summary>
internal static class RayExamples
{
    /// <summary>Eigenvalues ascending, eigenvectors in columns.</summary>
    public static (Spectrum Spectrum, Matrix Vectors) Decompose(Matrix matrix)
    {
        var evd = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j])
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        return (new Spectrum([.. evd.EigenValues.Select(value => value.Real)], Spectrum.DoubleRoundoff), SymmetricMatrices.Of(matrix.Rows, (i, j) => evd.EigenVectors[i, j]));
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
