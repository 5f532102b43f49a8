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
        PriorWhitening white = PriorWhitening.Of(Hessian, Gradient, Weights, deviations, centre);
        Assert.Equal([0, 2], white.Free);
        foreach (double[] z in new double[][] { [0.3, -1.2], [0, 0], [2, 1] })
        {
            double[] mean = centre == PriorCentre.Origin ? [0, 0, 0] : Weights;
            double[] theta = [mean[0] + (0.5 * z[0]), mean[1], mean[2] + (2 * z[1])];
            double[] whiteMean = centre == PriorCentre.Origin ? [0, 0] : [.. white.Weights];
            Assert.Equal(
                Loss(0.7, Hessian, Gradient, [.. theta.Zip(Weights, (x, y) => x - y)]),
                Loss(0.7 + white.Rise, white.Hessian, white.Gradient.AsSpan(), [.. z.Select((x, i) => x + whiteMean[i] - white.Weights[i])]),
                1e-13);
        }
    }

    [Fact]
    public void Equal_deviations_give_the_measure_of_the_isotropic_prior()
    {
        double[] h = [0.5, 1, 2], g = [0.1, 0.2, 0.3], weights = [1, -1, 0.5];
        var diagonal = new Matrix(3, 3, [0.5, 0, 0, 0, 1, 0, 0, 0, 2]);
        PriorWhitening white = PriorWhitening.Of(diagonal, g, weights, [0.4, 0.4, 0.4], PriorCentre.Origin);
        double[] whiteCurvature = [white.Hessian[0, 0], white.Hessian[1, 1], white.Hessian[2, 2]];
        QuadraticModel whiteModel = QuadraticModel.InEigenbasis(
            0, new Spectrum(whiteCurvature, Spectrum.DoubleRoundoff), white.Gradient.AsSpan(), white.Weights.AsSpan());
        QuadraticModel model = QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), g, weights);
        var isotropic = new GaussianPrior(PriorCentre.Origin, 0.4);
        Assert.Equal(
            GaussianMeasure.Of(model, BasinThreshold.Absolute(0.1), isotropic).LogProbability!.Value,
            GaussianMeasure.Of(whiteModel, BasinThreshold.Absolute(0.1), white.Prior).LogProbability!.Value,
            1e-12);
        Assert.Equal(FuzzyVolume.Of(model, isotropic, 0.3).LogVolume!.Value, FuzzyVolume.Of(whiteModel, white.Prior, 0.3).LogVolume!.Value, 1e-12);
    }

    [Theory]
    [InlineData(PriorCentre.Origin)]
    [InlineData(PriorCentre.Weights)]
    public void A_deviation_that_tends_to_zero_tends_to_a_parameter_that_is_held(PriorCentre centre)
    {
        // All definitions count from the loss at the weights, whether or not the prior ever comes there.
        double[] h = [2, 0.7], g = [0.3, -0.2], weights = [1, 1];
        var hessian = new Matrix(2, 2, [h[0], 0, 0, h[1]]);
        (GaussianMeasure Measure, FuzzyVolume Fuzzy) Of(double sigma)
        {
            PriorWhitening white = PriorWhitening.Of(hessian, g, weights, [0.5, sigma], centre);
            double[] curvature = [.. Enumerable.Range(0, white.Free.Length).Select(i => white.Hessian[i, i])];
            int[] order = [.. Enumerable.Range(0, curvature.Length).OrderBy(i => curvature[i])];
            QuadraticModel model = QuadraticModel.InEigenbasis(
                0.4, new Spectrum(curvature, 0), [.. order.Select(i => white.Gradient[i])], [.. order.Select(i => white.Weights[i])]).Raised(white.Rise);
            return (GaussianMeasure.Of(model, BasinThreshold.Absolute(2), white.Prior), FuzzyVolume.Of(model, white.Prior, 1));
        }

        (GaussianMeasure measure, FuzzyVolume fuzzy) = Of(0);
        (GaussianMeasure near, FuzzyVolume nearFuzzy) = Of(1e-9);
        Assert.Equal(near.LogProbability!.Value, measure.LogProbability!.Value, 1e-8);
        Assert.Equal(near.Mean, measure.Mean, 1e-8);
        Assert.Equal(1.6, measure.Excess, 1e-15);
        Assert.Equal(nearFuzzy.LogVolume!.Value, fuzzy.LogVolume!.Value, 1e-8);
        // The parameter that is held adds its rise, δ = −1 around 0 and 0 around the weights, and nothing else: E gᵀδ + ½ hδ² at σ = ½ on the other.
        double held = centre == PriorCentre.Origin ? 0.2 + 0.35 : 0, drawn = centre == PriorCentre.Origin ? -0.3 + 1 : 0;
        Assert.Equal(held + drawn + 0.25, measure.Mean, 1e-14);
    }

    [Fact]
    public void The_fuzzy_volume_of_two_unit_curvatures_at_1_1_with_one_parameter_held_at_0()
    {
        // −½ log(1 + ¼) − ½/(1 + ¼) for the parameter with σ = ½, and −½ for the other, which is held one away from its minimum.
        PriorWhitening white = PriorWhitening.Of(new Matrix(2, 2, [1, 0, 0, 1]), [0, 0], [1, 1], [0.5, 0], PriorCentre.Origin);
        QuadraticModel model = QuadraticModel
            .InEigenbasis(0, new Spectrum([white.Hessian[0, 0]], Spectrum.DoubleRoundoff), white.Gradient.AsSpan(), white.Weights.AsSpan())
            .Raised(white.Rise);
        Assert.Equal((-0.5 * Math.Log(1.25)) - 0.4 - 0.5, FuzzyVolume.Of(model, white.Prior, 1).LogVolume!.Value, 1e-15);
        Assert.Equal(-1.0115717756571049, (-0.5 * Math.Log(1.25)) - 0.4 - 0.5, 1e-15);
    }

    [Fact]
    public void What_is_assumed_of_the_prior_is_what_it_is()
    {
        string Of(PriorCentre centre, params double[] deviations) => GaussianMeasure.Of(
            QuadraticModel.AtMinimum(0, new Spectrum([1], Spectrum.DoubleRoundoff)),
            BasinThreshold.Excess(1),
            PriorWhitening.Of(Hessian, Gradient, Weights, deviations, centre).Prior).Assumptions[1];
        Assert.Equal("parameters are N(0, diag σ_j²) beforehand, σ_j from 0.5 to 2", Of(PriorCentre.Origin, 0.5, 1, 2));
        Assert.Equal("parameters are N(θ*, diag σ_j²) beforehand, each σ_j = 0.5; the other 1 of 3 stay at θ*", Of(PriorCentre.Weights, 0.5, 0, 0.5));
    }

    [Fact]
    public void Deviations_that_make_no_prior_are_refused()
    {
        Assert.Equal(
            "The volume's prior deviation σ of parameter 1 is -1 where a finite number of at least 0 is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => PriorWhitening.Of(Hessian, Gradient, Weights, [1, -1, 1], PriorCentre.Origin)).Message);
        Assert.Throws<VolumeParameterException>(() => PriorWhitening.Of(Hessian, Gradient, Weights, [0, 0, 0], PriorCentre.Origin));
        Assert.Throws<MatrixException>(() => PriorWhitening.Of(Hessian, Gradient, Weights, [1, 1], PriorCentre.Origin));
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
