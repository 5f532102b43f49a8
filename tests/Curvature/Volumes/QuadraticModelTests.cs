using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes;

public class QuadraticModelTests
{
    [Fact]
    public void Vectors_are_taken_along_the_eigenvectors()
    {
        // H = [[2, 1], [1, 2]]: eigenvalues 1 and 3 along (1, −1)/√2 and (1, 1)/√2, the columns.
        double half = Math.Sqrt(0.5);
        var vectors = new Matrix(2, 2, [half, half, -half, half]);
        QuadraticModel model = QuadraticModel.Of(0.25, Spectrum(1, 3), vectors, [4, 2], [1, -1]);
        Assert.Equal(2 * half, model.Gradient[0], 1e-15);
        Assert.Equal(6 * half, model.Gradient[1], 1e-15);
        Assert.Equal(2 * half, model.Weights[0], 1e-15);
        Assert.Equal(0, model.Weights[1], 1e-15);
        Assert.Equal(Math.Sqrt(20), model.GradientNorm, 1e-14);
    }

    [Fact]
    public void Weight_decay_enters_loss_gradient_and_curvature_once()
    {
        // ½λ|θ|² with λ = 0.5, θ = (1, −2): 1.25, gradient (0.5, −1), curvature 0.5.
        QuadraticModel model = QuadraticModel.InEigenbasis(3, Spectrum(-1, 4), [1, 1], [1, -2]).WithWeightDecay(0.5);
        Assert.Equal(4.25, model.Loss);
        Assert.Equal([1.5, 0], model.Gradient);
        Assert.Equal([-0.5, 4.5], model.Hessian.Eigenvalues);
        Assert.Equal([1, -2], model.Weights);
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "The gradient has 1 entries where the Hessian has order 2: take both from the same network.",
            Assert.Throws<MatrixException>(() => QuadraticModel.InEigenbasis(0, Spectrum(1, 2), [1], [1, 1])).Message);
        Assert.Equal(
            "Entry 1 of the weights is NaN where a finite number is expected: check where it comes from.",
            Assert.Throws<MatrixException>(() => QuadraticModel.InEigenbasis(0, Spectrum(1, 2), [1, 1], [1, double.NaN])).Message);
        Assert.Equal(
            "The eigenvectors are 2 x 3 where 2 x 2 is expected: take them from the same matrix as the eigenvalues.",
            Assert.Throws<MatrixException>(() => QuadraticModel.Of(0, Spectrum(1, 2), new Matrix(2, 3), [1, 1], [1, 1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => QuadraticModel.AtMinimum(0, Spectrum()));
        Assert.Throws<VolumeParameterException>(() => QuadraticModel.AtMinimum(0, Spectrum(1)).WithWeightDecay(-1));
    }

    private static Spectrum Spectrum(params double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
