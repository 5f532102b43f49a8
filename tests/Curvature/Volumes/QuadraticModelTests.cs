using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes;

public class QuadraticModelTests
{
    [Fact]
    public void Vectors_are_taken_along_the_eigenvectors()
    {
        // H = [[2, 1], [1, 2]]: eigenvalues 1 and 3 along (1, −1)/√2 and (1, 1)/√2.
        double half = Math.Sqrt(0.5);
        var pairs = new Eigenpairs([1, 3], 0, new Matrix(2, 2, [half, -half, half, half]));
        QuadraticModel model = QuadraticModel.Of(0.25, Spectrum(1, 3), pairs, [4, 2], [1, -1]);
        Assert.Equal(
            model.Gradient, QuadraticModel.Of(0.25, Spectrum(1, 3), Eigenpairs.FromColumns([1, 3], pairs.Vectors.Transpose()), [4, 2], [1, -1]).Gradient);
        Assert.Equal(2 * half, model.Gradient[0], 1e-15);
        Assert.Equal(6 * half, model.Gradient[1], 1e-15);
        Assert.Equal(2 * half, model.Weights[0], 1e-15);
        Assert.Equal(0, model.Weights[1], 1e-15);
        Assert.Equal(Math.Sqrt(20), model.GradientNorm, 1e-14);
    }

    [Fact]
    public void What_the_solver_gives_goes_in_as_it_is()
    {
        // A dense H with eigenvalues 1, 9, 25 and a gradient along the first: the minimum lies at H⁻¹g, ½ gᵀH⁻¹g below, whatever the basis.
        // From rows taken for columns it would not.
        Matrix hessian = SymmetricMatrices.WithSpectrum([1, 9, 25], seed: 5);
        Eigenpairs pairs = SymmetricEigenvectors.Compute(hessian, .., SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        double[] step = [0.3, -0.2, 0.5];
        double[] gradient = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => hessian[i, j] * step[j]))];
        QuadraticModel model = QuadraticModel.Of(1, Spectrum([.. pairs.Eigenvalues]), pairs, gradient, step);
        double fall = gradient.Zip(step, (g, x) => g * x).Sum() / 2;
        Assert.Equal(fall, model.Gradient.Zip(model.Hessian.Eigenvalues, (g, h) => g * g / h).Sum() / 2, 1e-13);
        Assert.Equal(fall, QuadraticVolume.AroundMinimum(model, BasinThreshold.Excess(1), shift: 0).Correction, 1e-13);
        Assert.All(model.Weights.Zip(model.Gradient, model.Hessian.Eigenvalues), along => Assert.Equal(along.Second, along.First * along.Third, 1e-12));
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
            "There are 1 eigenvectors of length 2 from place 1 on where all of 2 eigenvalues are expected: ask for the eigenvectors of the whole range.",
            Assert.Throws<MatrixException>(() => QuadraticModel.Of(0, Spectrum(1, 2), new([1, 2], 1, new Matrix(1, 2)), [1, 1], [1, 1])).Message);
        Assert.Equal(
            "The eigenvectors belong to other eigenvalues than those of the spectrum: take both from the same matrix.",
            Assert.Throws<MatrixException>(() => QuadraticModel.Of(0, Spectrum(1, 2), new([1, 3], 0, new Matrix(2, 2)), [1, 1], [1, 1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => QuadraticModel.AtMinimum(0, Spectrum()));
        Assert.Throws<VolumeParameterException>(() => QuadraticModel.AtMinimum(0, Spectrum(1)).WithWeightDecay(-1));
    }

    private static Spectrum Spectrum(params double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
