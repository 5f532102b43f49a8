using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

public class FuzzyVolumeTests
{
    [Fact]
    public void In_one_dimension_it_is_the_integral()
    {
        // ∫ N(θ; 0, σ²) exp(−(g(θ − θ*) + ½ h (θ − θ*)²)/s) dθ by the trapezoidal rule, which converges faster than any power for such integrands.
        const double H = 3, G = 0.4, Weight = 0.8, Sigma = 0.7, S = 0.5, Step = 1e-3;
        double sum = 0;
        for (int i = -20000; i <= 20000; i++)
        {
            double theta = i * Step;
            double delta = theta - Weight;
            sum += Step * Math.Exp((-theta * theta / (2 * Sigma * Sigma)) - (((G * delta) + (H * delta * delta / 2)) / S));
        }

        FuzzyVolume volume = FuzzyVolume.Of(Model([H], [G], [Weight]), new(PriorCentre.Origin, Sigma), S);
        Assert.Equal(Math.Log(sum / Math.Sqrt(2 * Math.PI) / Sigma), volume.LogVolume!.Value, 1e-12);
    }

    [Fact]
    public void At_a_minimum_it_is_determinant_and_exponent()
    {
        double[] h = [0, 0.5, 2, 7], weights = [5, 1, -2, 0.3];
        const double Square = 0.25, S = 0.4;
        // −½ Σ log(1 + σ²h/s) − ½ Σ h θ²/(s + σ²h).
        double determinant = -0.5 * h.Sum(x => Math.Log(1 + (Square * x / S)));
        double exponent = -0.5 * h.Zip(weights, (x, t) => x * t * t / (S + (Square * x))).Sum();
        FuzzyVolume volume = FuzzyVolume.Of(Model(h, new double[4], weights), new(PriorCentre.Origin, 0.5), S);
        Assert.Equal(["curvature", "displacement"], volume.Split.Select(term => term.Name));
        Assert.Equal(determinant, volume.Split[0].Nats, 1e-13);
        Assert.Equal(exponent, volume.Split[1].Nats, 1e-12);
        Assert.Equal(determinant + exponent, volume.LogVolume!.Value, 1e-12);
        Assert.Equal(h.Sum(x => Square * x / (S + (Square * x))), volume.EffectiveDimension!.Value, 1e-14);
        // Around the weights no displacement is left.
        Assert.Equal(determinant, FuzzyVolume.Of(Model(h, new double[4], weights), new(PriorCentre.Weights, 0.5), S).LogVolume!.Value, 1e-13);
    }

    [Fact]
    public void Temperature_and_threshold_correspond()
    {
        Assert.Equal(0.00633, FuzzyVolume.TemperatureOf(2, 1710), 1e-5); // theory.md
        Assert.Equal(316.1, FuzzyVolume.ThresholdOf(1, 1710), 0.1); // n/(2e) = 314.5 and the correction of Stirling's prefactor
        Assert.Equal(2, FuzzyVolume.ThresholdOf(FuzzyVolume.TemperatureOf(2, 30), 30), 1e-13);
        // The two Lebesgue volumes for H = I in 5 dimensions: (5/2) log 2πs and log V_5 + (5/2) log 2T.
        double s = FuzzyVolume.TemperatureOf(0.7, 5);
        Assert.Equal(UnitBall.LogVolume(5) + (2.5 * Math.Log(1.4)), 2.5 * Math.Log(2 * Math.PI * s), 1e-13);
    }

    [Fact]
    public void Negative_curvature_is_allowed_as_long_as_the_prior_holds_it()
    {
        // 1 + σ²h/s = 1 − 0.5.
        Assert.Equal(-0.5 * Math.Log(0.5), FuzzyVolume.Of(Model([-1], [0], [0]), new(PriorCentre.Weights, 1), 2).LogVolume!.Value, 1e-15);

        FuzzyVolume volume = FuzzyVolume.Of(Model([-1, 0, 2], [0, 0, 0], [0, 0, 0]), new(PriorCentre.Weights, 1), 1);
        Assert.Equal((VolumeStatus.Unbounded, null), (volume.Status, volume.LogVolume));
        Assert.Equal(
            "The fuzzy volume does not exist: s + σ²h must be positive for every eigenvalue h, but s = 1, σ = 1, and the smallest of " +
            "1 positive, 1 zero and 1 negative eigenvalues is -1; raise the temperature above 1, lower σ, or use the Gaussian measure.",
            volume.Reason);
    }

    [Fact]
    public void A_temperature_that_is_not_positive_is_refused() =>
        Assert.Equal(
            "The volume's temperature s is 0 where a finite number above 0 is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => FuzzyVolume.Of(Model([1], [0], [0]), new(PriorCentre.Weights, 1), 0)).Message);

    private static QuadraticModel Model(double[] h, double[] g, double[] weights)
        => QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), g, weights);
}
