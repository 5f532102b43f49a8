using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

public class GaussianMeasureTests
{
    private static readonly GaussianPrior HalfAroundWeights = new(PriorCentre.Weights, 0.5);

    // P = P(n/2, T/(hσ²)), the regularised lower incomplete gamma function, σ = ½; the tolerance is the formula's own error, which falls as 1/n.
    [Theory]
    [InlineData(10, 2, 0.1, -13.000946705648, 6.5e-3)]
    [InlineData(100, 1, 0.5, -115.78043452642, 6e-4)]
    [InlineData(1710, 4, 2, -4330.8431641198, 6.5e-5)]
    [InlineData(1710, 0.1, 2, -1254.7554645676, 6.5e-5)]
    public void Equal_curvatures_give_the_incomplete_gamma_function(int n, double h, double threshold, double exact, double error)
        => Assert.Equal(exact, Isotropic(n, h, threshold).LogProbability!.Value, error);

    [Fact]
    public void The_formula_itself_is_met_to_all_digits_known() =>
        Assert.Equal(-4330.8431001, Isotropic(1710, 4, 2).LogProbability!.Value, 5e-8); // Lugannani–Rice, theory.md

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.3)]
    [InlineData(1)] // the mean of hσ²·χ²₂/2, where the formula becomes 0/0
    [InlineData(1 + 1e-7)] // and next to it
    [InlineData(1 - 1e-4)]
    [InlineData(3)]
    [InlineData(30)]
    public void Two_equal_curvatures_are_near_the_closed_form(double ratio)
    {
        // P = 1 − exp(−T/(hσ²)); the tail that is the smaller one is right to a tenth at n = 2.
        double h = 3;
        double probability = Math.Exp(Isotropic(2, h, ratio * h * 0.25).LogProbability!.Value);
        (double tail, double exact) = ratio <= 1 ? (probability, 1 - Math.Exp(-ratio)) : (1 - probability, Math.Exp(-ratio));
        Assert.InRange(tail / exact, 0.9, 1.1);
    }

    [Fact]
    public void Through_the_mean_the_probability_runs_smoothly()
    {
        // Second differences of log P over steps that cross from the expansion to the formula, against those further out: no jump of 1e-9.
        QuadraticModel model = Model([-1, 0.5, 2, 3], [0.3, -1, 0.2, 0.5], [1, -0.5, 0.2, 0.7]);
        var prior = new GaussianPrior(PriorCentre.Origin, 0.7);
        double mean = GaussianMeasure.Of(model, BasinThreshold.Excess(1), prior).Mean;
        double deviation = GaussianMeasure.Of(model, BasinThreshold.Excess(1), prior).Deviation;
        double At(double steps) => GaussianMeasure.Of(model, BasinThreshold.Excess(mean + (steps * 0.4e-5 * deviation)), prior).LogProbability!.Value;
        for (int k = -6; k <= 6; k++)
            Assert.Equal(0, At(k + 1) - (2 * At(k)) + At(k - 1), 1e-9);
        Assert.True(At(1) > At(0) && At(0) > At(-1));
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(-80)]
    public void Without_curvature_the_loss_is_normal(double rise)
    {
        // gᵀδ with δ = −θ + σz: mean −g·θ = −(3·1 + 4·2) = −11, deviation σ|g| = 2.5. Φ for the far tail from its own series.
        GaussianMeasure measure = GaussianMeasure.Of(Model([0, 0], [3, 4], [1, 2]), BasinThreshold.Excess(rise), new(PriorCentre.Origin, 0.5));
        Assert.Equal(NormalTail.LogCdf((rise + 11) / 2.5), measure.LogProbability!.Value, 1e-12);
        Assert.Null(measure.SaddlePoint);
        Assert.Contains("exact", measure.Assumptions);
    }

    [Fact]
    public void Curvature_that_vanishes_approaches_the_normal_law()
    {
        double Of(double h) => GaussianMeasure.Of(Model([-h, h], [3, 4], [0, 0]), BasinThreshold.Excess(-4), HalfAroundWeights).LogProbability!.Value;
        Assert.Equal(Of(0), Of(1e-9), 1e-8);
    }

    [Fact]
    public void A_wide_prior_has_the_density_of_its_centre_throughout_the_basin()
    {
        // log P → log V − (n/2) log 2πσ².
        double[] h = [.. Enumerable.Range(1, 1710).Select(i => 0.01 * i)];
        QuadraticModel model = QuadraticModel.AtMinimum(0, Spectrum(h));
        double volume = QuadraticVolume.AroundWeights(model, BasinThreshold.Excess(2), shift: 0).LogVolume!.Value;
        double measure = GaussianMeasure.Of(model, BasinThreshold.Excess(2), new(PriorCentre.Weights, 1e4)).LogProbability!.Value;
        Assert.Equal(volume - (855 * Math.Log(2 * Math.PI * 1e8)), measure, 2e-4); // the formula's error at n = 1710, twice
    }

    [Fact]
    public void A_wide_prior_knows_the_correction_for_the_gradient()
    {
        double[] h = [.. Enumerable.Range(1, 400).Select(i => 0.1 + (0.01 * i))];
        double[] g = [.. h.Select((x, i) => 0.05 * Math.Sin(i))];
        QuadraticModel model = Model(h, g, new double[h.Length]);
        QuadraticVolume volume = QuadraticVolume.AroundMinimum(model, BasinThreshold.Excess(-0.1), shift: 0);
        Assert.Equal(VolumeStatus.Defined, volume.Status);
        double measure = GaussianMeasure.Of(model, BasinThreshold.Excess(-0.1), new(PriorCentre.Weights, 1e4)).LogProbability!.Value;
        Assert.Equal(volume.LogVolume!.Value - (200 * Math.Log(2 * Math.PI * 1e8)), measure, 5e-4); // 1/(6n) = 4.2e-4 at n = 400
    }

    public static TheoryData<string, double[], double[], double[], PriorCentre, double> EightDimensions => new()
    {
        { "convex at its minimum", [0.5, 0.7, 1, 1.2, 1.5, 2, 2.5, 3], new double[8], new double[8], PriorCentre.Weights, 2 },
        { "convex, around 0", [0.5, 0.7, 1, 1.2, 1.5, 2, 2.5, 3], new double[8], [0.4, -0.4, 0.3, 0.1, -0.2, 0.2, 0.5, -0.1], PriorCentre.Origin, 2.5 },
        { "indefinite", [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], new double[8], new double[8], PriorCentre.Weights, -1 },
        { "indefinite, off the minimum, around 0", [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], [0.3, -0.2, 0.5, 0.4, -0.1, 0.2, 0.1, 0.3], [0.4, -0.4, 0.3, 0.1, -0.2, 0.2, 0.5, -0.1], PriorCentre.Origin, -1.5 },
        { "off the minimum, above the mean", [0.1, 0.7, 1, 1.2, 1.5, 2, 2.5, 3], [0.3, -0.2, 0.5, 0.4, -0.1, 0.2, 0.1, 0.3], new double[8], PriorCentre.Weights, 9 },
        { "negative definite", [-3, -2, -1.5, -1, -0.9, -0.8, -0.7, -0.6], new double[8], new double[8], PriorCentre.Weights, -6 },
    };

    [Theory]
    [MemberData(nameof(EightDimensions))]
    public void In_eight_dimensions_drawing_points_agrees(string what, double[] h, double[] g, double[] weights, PriorCentre centre, double rise)
    {
        const int Draws = 200_000;
        const double Sigma = 0.9;
        var random = new Random(20260);
        int inside = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double loss = 0;
            for (int i = 0; i < h.Length; i++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                double delta = (Sigma * normal) - (centre == PriorCentre.Origin ? weights[i] : 0);
                loss += (g[i] * delta) + (h[i] * delta * delta / 2);
            }

            if (loss <= rise)
                inside++;
        }

        double share = inside / (double)Draws;
        double error = Math.Sqrt((1 - share) / (share * Draws));
        GaussianMeasure measure = GaussianMeasure.Of(Model(h, g, weights), BasinThreshold.Excess(rise), new(centre, Sigma));
        double difference = Math.Log(share) - measure.LogProbability!.Value;
        string found = $"{what}: drawn {Math.Log(share)} ± {error}, formula {measure.LogProbability}, next term {measure.NextTerm}";
        // Within four standard errors and the error that the formula itself states; with its next term, nearer.
        Assert.True(Math.Abs(difference) < (4 * error) + Math.Abs(measure.NextTerm!.Value), found);
        Assert.True(Math.Abs(difference - measure.NextTerm!.Value) < (3 * error) + 2e-3, found);
    }

    [Fact]
    public void Scaling_the_loss_or_the_parameters_changes_nothing() =>
        Gen.Select(Gen.Double[-1, 3].Array[6], Gen.Double[-1, 1].Array[6], Gen.Double[-1, 1].Array[6], Gen.Double[0.01, 100]).Sample((h, g, weights, scale) =>
        {
            double[] order = [.. h.Order()];
            double plain = LogProbability(order, g, weights, 1.5, 0.8);
            double error = 1e-9 * Math.Max(1, Math.Abs(plain));
            // Loss times k: H, g and ΔT times k. Parameters times k: H/k², g/k, θ k, σ k.
            Assert.Equal(plain, LogProbability([.. order.Select(x => x * scale)], [.. g.Select(x => x * scale)], weights, 1.5 * scale, 0.8), error);
            Assert.Equal(plain, LogProbability([.. order.Select(x => x / scale / scale)], [.. g.Select(x => x / scale)], [.. weights.Select(x => x * scale)], 1.5, 0.8 * scale), error);

            static double LogProbability(double[] h, double[] g, double[] weights, double rise, double sigma)
                => GaussianMeasure.Of(Model(h, g, weights), BasinThreshold.Excess(rise), new(PriorCentre.Origin, sigma)).LogProbability ?? double.NegativeInfinity;
        });

    [Theory]
    [InlineData(-1.0)]
    [InlineData(3.0)]
    public void Zeros_that_rounding_made_negative_change_nothing(double rise)
    {
        GaussianMeasure Of(double zero) => GaussianMeasure.Of(
            Model([-zero, 0, zero, 1, 2, 3], [1e-3, 0.2, 0.1, 0.5, 0.3, -1], [0.5, -1, 0.3, 0.2, 1, 0.4]), BasinThreshold.Excess(rise), new(PriorCentre.Origin, 0.9));
        double exact = Of(0).LogProbability!.Value;
        foreach (double zero in new[] { 1e-17, 1e-60, 1e-300 })
            Assert.Equal(exact, Of(zero).LogProbability!.Value, 1e-12);
    }

    [Fact]
    public void Where_the_model_was_expanded_does_not_matter()
    {
        // The same parabola seen from θ* and from θ* + d: gradient and loss move, the basin does not.
        double[] h = [-0.5, 0.3, 1, 2], d = [0.7, -0.4, 0.2, 0.9], weights = [0.1, 0.2, -0.3, 0.4], g = [0.2, 0.1, 0, -0.3];
        double rise = g.Zip(d, (x, y) => x * y).Sum() + h.Zip(d, (x, y) => x * y * y / 2).Sum();
        QuadraticModel moved = QuadraticModel.InEigenbasis(rise, Spectrum(h), [.. g.Select((x, i) => x + (h[i] * d[i]))], [.. weights.Select((x, i) => x + d[i])]);
        var prior = new GaussianPrior(PriorCentre.Origin, 0.8);
        Assert.Equal(
            GaussianMeasure.Of(Model(h, g, weights), BasinThreshold.Absolute(-0.2), prior).LogProbability!.Value,
            GaussianMeasure.Of(moved, BasinThreshold.Absolute(-0.2), prior).LogProbability!.Value,
            1e-12);
    }

    [Fact]
    public void Far_tails_stay_numbers()
    {
        // P(a, x) = xᵃ e⁻ˣ/Γ(a + 1) · (1 + x/(a + 1) + …), a = 855, x = 0.02: below −5000 nats; the sum in front of Γ is 1 + 0.02/856.
        const double X = 0.02;
        double exact = (855 * Math.Log(X)) - X - MathNet.Numerics.SpecialFunctions.GammaLn(856) + Math.Log(1 + (X / 856));
        Assert.True(exact < -5000);
        Assert.Equal(exact, Isotropic(1710, 1, X * 0.25).LogProbability!.Value, 2e-4); // the formula's error at n = 1710 where its terms are steepest, 1/(6n)
    }

    [Fact]
    public void Far_above_the_mean_nothing_is_left_out()
    {
        GaussianMeasure measure = Isotropic(10, 1, 1000);
        Assert.Equal(0, measure.LogProbability!.Value, 1e-300);
        Assert.True(measure.SaddlePoint > 0);
    }

    [Theory]
    [InlineData(0, 1, 0.1, 0.0)] // flat: everywhere the same loss, below the threshold
    [InlineData(0, 1, -0.1, null)] // flat, above the threshold
    [InlineData(-1, 1, 0.0, 0.0)] // a maximum: nothing lies higher
    [InlineData(1, 1, 0.0, null)] // a minimum: only a point lies as low
    [InlineData(1, 1, -1.0, null)]
    public void Certainties_are_said_as_such(double curvature, int n, double rise, double? expected)
    {
        GaussianMeasure measure = GaussianMeasure.Of(QuadraticModel.AtMinimum(0, Spectrum([.. Enumerable.Repeat(curvature, n)])), BasinThreshold.Excess(rise), HalfAroundWeights);
        Assert.Equal(expected, measure.LogProbability);
        Assert.Equal(expected is null ? VolumeStatus.Empty : VolumeStatus.Defined, measure.Status);
        Assert.Equal(expected is null, measure.Reason is not null);
    }

    [Fact]
    public void The_least_loss_of_the_model_decides_whether_the_basin_is_empty()
    {
        // min gᵀδ + ½ δᵀHδ = −½ (1/2 + 4/8) = −½.
        QuadraticModel model = Model([2, 8], [1, 2], [0, 0]);
        Assert.Equal(
            "The basin is empty: the loss may rise by -0.6, and nowhere is it less than -0.5 above that of the weights; raise the threshold, or train further.",
            GaussianMeasure.Of(model, BasinThreshold.Excess(-0.6), HalfAroundWeights).Reason);
        Assert.Equal(VolumeStatus.Defined, GaussianMeasure.Of(model, BasinThreshold.Excess(-0.4999), HalfAroundWeights).Status);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_gives_a_reason() =>
        Assert.Equal(
            (VolumeStatus.Empty, "The loss may rise by NaN, which is no number to compare with: give the loss at the weights, or an excess threshold."),
            Outcome(GaussianMeasure.Of(QuadraticModel.AtMinimum(double.NaN, Spectrum([1])), BasinThreshold.Absolute(1), HalfAroundWeights)));

    [Fact]
    public void Values_beyond_a_double_give_a_reason() =>
        Assert.Equal(
            (VolumeStatus.Failed, "The rise of the loss over the prior is beyond the range of a double: lower the prior's deviation σ, or scale the loss."),
            Outcome(GaussianMeasure.Of(QuadraticModel.AtMinimum(0, Spectrum([1e200])), BasinThreshold.Excess(1), new(PriorCentre.Weights, 1e100))));

    [Fact]
    public void The_parts_add_up_and_bits_are_nats_over_log_2()
    {
        GaussianMeasure measure = GaussianMeasure.Of(Model([-1, 1, 2], [0.1, 0.2, 0.3], [1, 2, 3]), BasinThreshold.Excess(-3), new(PriorCentre.Origin, 0.5));
        Assert.Equal(["curvature", "displacement", "prefactor"], measure.Split.Select(term => term.Name));
        Assert.Equal(measure.LogProbability!.Value, measure.Split.Sum(term => term.Nats), 1e-12);
        Assert.Equal(measure.LogProbability!.Value, measure.LogProbabilityBits!.Value * 0.69314718055994531, 1e-12);
    }

    private static (VolumeStatus Status, string? Reason) Outcome(GaussianMeasure measure) => (measure.Status, measure.Reason);

    private static GaussianMeasure Isotropic(int n, double h, double threshold)
        => GaussianMeasure.Of(QuadraticModel.AtMinimum(0, Spectrum([.. Enumerable.Repeat(h, n)])), BasinThreshold.Excess(threshold), HalfAroundWeights);

    private static QuadraticModel Model(double[] h, double[] g, double[] weights) => QuadraticModel.InEigenbasis(0, Spectrum(h), g, weights);

    private static Spectrum Spectrum(double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
