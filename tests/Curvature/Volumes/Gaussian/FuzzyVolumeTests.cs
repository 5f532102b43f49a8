using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using CsCheck;

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
    public void An_indefinite_hessian_gives_no_probability()
    {
        FuzzyVolume saddle = FuzzyVolume.Of(Model([-1, 0, 2], [0, 0, 0], [0, 0, 0]), new(PriorCentre.Weights, 1), 4);
        Assert.Equal((VolumeStatus.Failed, null, null), (saddle.Status, saddle.LogVolume, saddle.EffectiveDimension));
        Assert.Equal(
            "The fuzzy volume is no probability at a saddle: of 3 eigenvalues 1 lie below zero by more than the tolerance, 1.33e-15, the least at -1, "
            + "so that points below the weights would count more than once; use the Gaussian measure, or move the weights to a minimum.",
            saddle.Reason);
        Assert.Empty(saddle.Split);
        Assert.Contains("at a maximum", FuzzyVolume.Of(Model([-1], [0], [0]), new(PriorCentre.Weights, 1), 2).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_eigenvalues_within_the_tolerance_count_as_zero()
    {
        // Tolerance √4·2⁻²³·3 = 7e-7 of a matrix in float.
        FuzzyVolume Of(double zero) => FuzzyVolume.Of(
            QuadraticModel.InEigenbasis(0, new Spectrum([-zero, 0, 1, 3], Spectrum.SingleRoundoff), [0, 0, 0, 0], [1, 1, 1, 1]),
            new(PriorCentre.Origin, 0.7),
            0.3);
        Assert.Equal((Of(0).LogVolume, Of(0).EffectiveDimension), (Of(5e-7).LogVolume, Of(5e-7).EffectiveDimension));
        Assert.InRange(Of(5e-7).EffectiveDimension!.Value, 0, 2);
        Assert.Null(Of(8e-7).LogVolume);
    }

    [Fact]
    public void Down_a_steep_gradient_it_is_no_probability()
    {
        // h = 1, g = 2, σ = s = 1 around the weights: log Z = −½ log 2 + ½·4/2 = 0.653426.
        FuzzyVolume volume = FuzzyVolume.Of(Model([1], [2], [0]), new(PriorCentre.Weights, 1), 1);
        Assert.Null(volume.LogVolume);
        Assert.Equal(
            "The fuzzy volume is no probability here: its logarithm would be 0.653426, as the loss falls along the gradient, whose norm is 2, "
            + "and points below the weights count more than once; "
            + "use the Gaussian measure, or move the weights to a minimum.",
            volume.Reason);
    }

    [Fact]
    public void It_is_never_above_0() =>
        Gen.Select(Gen.Double[-1, 3].Array[4], Gen.Double[-2, 2].Array[4], Gen.Double[-1, 1].Array[4], Gen.Double[0.01, 10])
            .Sample((h, g, weights, temperature) =>
        {
            FuzzyVolume volume = FuzzyVolume.Of(Model([.. h.Order()], g, weights), new(PriorCentre.Origin, 0.8), temperature);
            Assert.True(volume.LogVolume is null ? volume.Reason is not null : volume.LogVolume <= 0);
            Assert.True(volume.EffectiveDimension is null or (>= 0 and <= 4));
        });

    [Fact]
    public void A_temperature_that_is_not_positive_is_refused() =>
        Assert.Equal(
            "The volume's temperature s is 0 where a finite number above 0 is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => FuzzyVolume.Of(Model([1], [0], [0]), new(PriorCentre.Weights, 1), 0)).Message);

    private static QuadraticModel Model(double[] h, double[] g, double[] weights)
        => QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), g, weights);
}
