using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

public class PriorWhiteningTests
{
    private static readonly Matrix Hessian = new(3, 3, [2, 0.5, -0.3, 0.5, 1, 0.4, -0.3, 0.4, 3]);
    private static readonly double[] Gradient = [0.1, -0.2, 0.3];
    private static readonly double[] Weights = [1, 0.5, -0.8];

    [Theory]
    [InlineData(PriorCentre.Origin)]
    [InlineData(PriorCentre.Weights)]
    public void The_loss_at_a_drawn_point_is_that_of_the_whitened_model(PriorCentre centre)
    {
        double[] deviations = [0.5, 0, 2];
        PriorWhitening white = PriorWhitening.Of(0.7, Hessian, Gradient, Weights, deviations, centre);
        Assert.Equal([0, 2], white.Free);
        foreach (double[] z in new double[][] { [0.3, -1.2], [0, 0], [2, 1] })
        {
            double[] mean = centre == PriorCentre.Origin ? [0, 0, 0] : Weights;
            double[] theta = [mean[0] + (0.5 * z[0]), mean[1], mean[2] + (2 * z[1])];
            double[] whiteMean = centre == PriorCentre.Origin ? [0, 0] : [.. white.Weights];
            Assert.Equal(
                Loss(0.7, Hessian, Gradient, [.. theta.Zip(Weights, (x, y) => x - y)]),
                Loss(white.Loss, white.Hessian, white.Gradient.AsSpan(), [.. z.Select((x, i) => x + whiteMean[i] - white.Weights[i])]),
                1e-13);
        }
    }

    [Fact]
    public void Equal_deviations_give_the_measure_of_the_isotropic_prior()
    {
        double[] h = [-0.5, 1, 2], g = [0.1, 0.2, 0.3], weights = [1, -1, 0.5];
        var diagonal = new Matrix(3, 3, [-0.5, 0, 0, 0, 1, 0, 0, 0, 2]);
        PriorWhitening white = PriorWhitening.Of(0, diagonal, g, weights, [0.4, 0.4, 0.4], PriorCentre.Origin);
        double[] whiteCurvature = [white.Hessian[0, 0], white.Hessian[1, 1], white.Hessian[2, 2]];
        QuadraticModel whiteModel = QuadraticModel.InEigenbasis(white.Loss, new Spectrum(whiteCurvature, Spectrum.DoubleRoundoff), white.Gradient.AsSpan(), white.Weights.AsSpan());
        QuadraticModel model = QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), g, weights);
        var standard = new GaussianPrior(PriorCentre.Origin, 1);
        var isotropic = new GaussianPrior(PriorCentre.Origin, 0.4);
        Assert.Equal(
            GaussianMeasure.Of(model, BasinThreshold.Absolute(0.1), isotropic).LogProbability!.Value,
            GaussianMeasure.Of(whiteModel, BasinThreshold.Absolute(0.1), standard).LogProbability!.Value,
            1e-12);
        Assert.Equal(FuzzyVolume.Of(model, isotropic, 0.3).LogVolume!.Value, FuzzyVolume.Of(whiteModel, standard, 0.3).LogVolume!.Value, 1e-12);
    }

    [Fact]
    public void Deviations_that_make_no_prior_are_refused()
    {
        Assert.Equal(
            "The volume's prior deviation σ of parameter 1 is -1 where a finite number of at least 0 is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => PriorWhitening.Of(0, Hessian, Gradient, Weights, [1, -1, 1], PriorCentre.Origin)).Message);
        Assert.Throws<VolumeParameterException>(() => PriorWhitening.Of(0, Hessian, Gradient, Weights, [0, 0, 0], PriorCentre.Origin));
        Assert.Throws<MatrixException>(() => PriorWhitening.Of(0, Hessian, Gradient, Weights, [1, 1], PriorCentre.Origin));
    }

    private static double Loss(double loss, Matrix hessian, ReadOnlySpan<double> gradient, double[] delta)
    {
        for (int i = 0; i < delta.Length; i++)
        {
            loss += gradient[i] * delta[i];
            for (int j = 0; j < delta.Length; j++)
                loss += delta[i] * hessian[i, j] * delta[j] / 2;
        }

        return loss;
    }
}
