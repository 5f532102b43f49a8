using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

public class GaussianMeasureTests
{
    private static readonly GaussianPrior HalfAroundWeights = new(PriorCentre.Weights, 0.5);

    // P = P(n/2, T/(hσ²)), the regularised lower incomplete gamma function, σ = ½, by mpmath.gammainc with 40 digits.
    // The last column is how far the saddle-point formula is off.
    [Theory]
    [InlineData(1, 1, 2.5e-9, -9.0895581376742707, 0.15)]
    [InlineData(1, 1, 0.75, -0.014409194045103478, 3e-4)]
    [InlineData(3, 1, 0.375, -0.49696410056940960, 4e-4)]
    [InlineData(10, 2, 0.1, -13.000946705647841, 6.5e-3)]
    [InlineData(100, 1, 0.5, -115.78043452642225, 6e-4)]
    [InlineData(1710, 4, 2, -4330.8431641197785, 6.5e-5)]
    [InlineData(1710, 0.1, 2, -1254.7554645675620, 6.5e-5)]
    public void Equal_curvatures_give_the_incomplete_gamma_function(int n, double h, double threshold, double exact, double formula)
    {
        GaussianMeasure measure = Isotropic(n, h, threshold);
        Within(exact, measure);
        Assert.InRange(Math.Abs(measure.SaddlePointFormula!.Value - exact), formula / 20, formula);
    }

    [Fact]
    public void The_saddle_point_formula_stays_beside_it() =>
        Assert.Equal(-4330.8431001, Isotropic(1710, 4, 2).SaddlePointFormula!.Value, 5e-8); // Lugannani–Rice, theory.md

    [Fact]
    public void A_million_nats_below_all_digits_are_there()
    {
        // P(a, x) = xᵃ e⁻ˣ/Γ(a + 1) Σ xᵏ/((a + 1)…(a + k)), a = 5000, x = 1e-85: the sum is 1 to the last digit.
        double exact = (5000 * Math.Log(1e-85)) - 1e-85 - MathNet.Numerics.SpecialFunctions.GammaLn(5001);
        Assert.True(exact < -1e6);
        Within(exact, Isotropic(10000, 4, 1e-85));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.3)]
    [InlineData(1)] // the mean of hσ²·χ²₂/2, where the formula becomes 0/0
    [InlineData(1 + 1e-7)] // and next to it
    [InlineData(1 - 1e-4)]
    [InlineData(300)]
    [InlineData(3)]
    [InlineData(30)]
    public void Two_equal_curvatures_are_an_exponential_law(double ratio)
    {
        // P = 1 − exp(−T/(hσ²)). Near 1 log P is right relative to itself, as is what is left of the complement.
        double h = 3;
        double exact = ratio < 1 ? Math.Log(2 * Math.Sinh(ratio / 2)) - (ratio / 2) : MathNet.Numerics.SpecialFunctions.Log1p(-Math.Exp(-ratio));
        GaussianMeasure measure = Isotropic(2, h, ratio * h * 0.25);
        Within(exact, measure);
        Assert.Equal(1, measure.LogProbability!.Value / exact, 1e-12);
    }

    [Fact]
    public void Two_curvatures_of_4_and_a_threshold_of_2()
        => Assert.Equal(-0.14541345786885906, Isotropic(2, 4, 2).LogProbability!.Value, 1e-14); // log(1 − e⁻²)

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
        Assert.InRange(measure.Error!.Value, 0, 1e-11);
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
        Assert.Equal(volume - (855 * Math.Log(2 * Math.PI * 1e8)), measure, 1e-7); // E|δ|²/2σ² over the ellipsoid is 1e-8
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
        Assert.Equal(volume.LogVolume!.Value - (200 * Math.Log(2 * Math.PI * 1e8)), measure, 1e-7);
    }

    public static TheoryData<string, double[], double[], double[], PriorCentre, double> EightDimensions => new()
    {
        { "convex at its minimum", [0.5, 0.7, 1, 1.2, 1.5, 2, 2.5, 3], new double[8], new double[8], PriorCentre.Weights, 2 },
        { "convex, around 0", [0.5, 0.7, 1, 1.2, 1.5, 2, 2.5, 3], new double[8], [0.4, -0.4, 0.3, 0.1, -0.2, 0.2, 0.5, -0.1], PriorCentre.Origin, 2.5 },
        { "indefinite", [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], new double[8], new double[8], PriorCentre.Weights, -1 },
        {
            "indefinite, off the minimum, around 0",
            [-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2],
            [0.3, -0.2, 0.5, 0.4, -0.1, 0.2, 0.1, 0.3],
            [0.4, -0.4, 0.3, 0.1, -0.2, 0.2, 0.5, -0.1],
            PriorCentre.Origin,
            -1.5
        },
        {
            "off the minimum, above the mean",
            [0.1, 0.7, 1, 1.2, 1.5, 2, 2.5, 3],
            [0.3, -0.2, 0.5, 0.4, -0.1, 0.2, 0.1, 0.3],
            new double[8],
            PriorCentre.Weights,
            9
        },
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
        Assert.True(Math.Abs(difference) < 4 * error, $"{what}: drawn {Math.Log(share)} ± {error}, measure {measure.LogProbability}");
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
            Assert.Equal(
                plain,
                LogProbability([.. order.Select(x => x / scale / scale)], [.. g.Select(x => x / scale)], [.. weights.Select(x => x * scale)], 1.5, 0.8 * scale),
                error);

            static double LogProbability(double[] h, double[] g, double[] weights, double rise, double sigma)
                => GaussianMeasure.Of(Model(h, g, weights), BasinThreshold.Excess(rise), new(PriorCentre.Origin, sigma)).LogProbability
                    ?? double.NegativeInfinity;
        });

    [Theory]
    [InlineData(-1.0)]
    [InlineData(3.0)]
    public void Zeros_that_rounding_made_negative_change_nothing(double rise)
    {
        GaussianMeasure Of(double zero) => GaussianMeasure.Of(
            Model([-zero, 0, zero, 1, 2, 3], [1e-3, 0.2, 0.1, 0.5, 0.3, -1], [0.5, -1, 0.3, 0.2, 1, 0.4]), BasinThreshold.Excess(rise), new(
                PriorCentre.Origin, 0.9));
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
        QuadraticModel moved = QuadraticModel.InEigenbasis(
            rise, Spectrum(h), [.. g.Select((x, i) => x + (h[i] * d[i]))], [.. weights.Select((x, i) => x + d[i])]);
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
        Assert.Equal(exact, Isotropic(1710, 1, X * 0.25).LogProbability!.Value, 1e-8); // the sum's next term is 5e-10
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
        GaussianMeasure measure = GaussianMeasure.Of(
            QuadraticModel.AtMinimum(0, Spectrum([.. Enumerable.Repeat(curvature, n)])), BasinThreshold.Excess(rise), HalfAroundWeights);
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

    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, QuadraticShape.Minimum)]
    [InlineData(new[] { 0.0, 2, 3 }, QuadraticShape.Minimum)]
    [InlineData(new[] { -1.0, 2, 3 }, QuadraticShape.Saddle)]
    [InlineData(new[] { -2.0, -1, 0 }, QuadraticShape.Maximum)]
    [InlineData(new[] { 0.0, 0, 0 }, QuadraticShape.Flat)]
    public void It_says_what_kind_of_point_it_is_the_measure_of(double[] h, QuadraticShape shape)
    {
        GaussianMeasure measure = GaussianMeasure.Of(QuadraticModel.AtMinimum(0, Spectrum(h)), BasinThreshold.Excess(1), HalfAroundWeights);
        Assert.Equal(shape, measure.Shape);
        Assert.Equal(shape is QuadraticShape.Saddle or QuadraticShape.Maximum, measure.Assumptions.Any(
            assumption => assumption.StartsWith("the weights need be no minimum", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_huge_eigenvalue_is_no_obstacle()
    {
        // σ = ½: Q = h z²/8, P = erf(√(8 T/(2h))) ≈ 2√(4T/(πh)).
        Assert.Equal(Math.Log(2 * Math.Sqrt(8 / (Math.PI * 1e300))), Isotropic(1, 1e300, 2).LogProbability!.Value, 1e-10);
    }

    [Fact]
    public void Rounding_that_leaves_no_digits_gives_a_reason()
    {
        // The prior's centre lies 5e19 higher than the weights and the loss spreads by 1: the threshold is not known to that.
        GaussianMeasure measure = GaussianMeasure.Of(Model([1], [0], [1e10]), BasinThreshold.Excess(5e19), new(PriorCentre.Origin, 1e-10));
        Assert.Equal(VolumeStatus.Failed, measure.Status);
        Assert.StartsWith("Rounding leaves an error of ", measure.Reason, StringComparison.Ordinal);
        Assert.Null(measure.Error);
        Assert.Equal(2, measure.Assumptions.Length);
    }

    private static (VolumeStatus Status, string? Reason) Outcome(GaussianMeasure measure) => (measure.Status, measure.Reason);

    /// <summary>Whether the measure is right to 1e-10 and to the error that it states, which holds what rounding the inputs does.</summary>
    private static void Within(double exact, GaussianMeasure measure)
    {
        double off = Math.Abs(measure.LogProbability!.Value - exact);
        Assert.True(off <= 1e-10 + (1e-14 * Math.Abs(exact)), $"{measure.LogProbability} is {off} from {exact}");
        Assert.True(
            off <= measure.Error!.Value + (1e-15 * Math.Abs(exact)), $"{measure.LogProbability} is {off} from {exact}, the stated error {measure.Error}");
        Assert.InRange(measure.Error!.Value, 0, 1e-10 + (1e-14 * Math.Abs(exact)));
    }

    private static GaussianMeasure Isotropic(int n, double h, double threshold)
        => GaussianMeasure.Of(QuadraticModel.AtMinimum(0, Spectrum([.. Enumerable.Repeat(h, n)])), BasinThreshold.Excess(threshold), HalfAroundWeights);

    private static QuadraticModel Model(double[] h, double[] g, double[] weights) => QuadraticModel.InEigenbasis(0, Spectrum(h), g, weights);

    private static Spectrum Spectrum(double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
