using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Tests.Records;

/// <summary>The lines that a job ends with: what is known is said with the digits that tell it apart, and what is not known has no line.</summary>
public sealed class AnswerTests
{
    private static readonly ModelRecord Plain = new()
    {
        Name = "plain",
        Parameters = 1710,
        Evaluation = new()
        {
            Training = new() { Loss = 0.25, Correct = 45, Total = 60 },
            Test = new() { Loss = 0.5, Correct = 1, Total = 4 },
        },
        Hessian = new() { Loss = 0.25, GradientNorm = 0.0123456 },
        Spectrum = new() { Max = 33.535161, Positive = 549, Zero = 1151, Negative = 10 },
        Volume = new() { Excess = new() { Threshold = 2, Loss = 0.25, Excess = 1.75, Empty = false, LogVolume = -167.5884 } },
    };

    [Fact]
    public void Of_one_model_all_is_said() => AssertSaid(
        Run(Plain),
        ("computed", "Hessian of plain, 1710 parameters, on 60 of 60000 training samples"),
        ("weights", "loss 0.25, 75.0 % of 60 right; test loss 0.5, 25.0 % of 4 right"),
        ("curvature", "λ_max 33.54; 549 positive, 1151 zero, 10 negative; |g| 0.01235"),
        ("volume", "log volume -167.59 at T = 2 (shifted quadratic, excess); 'volume' measures it by the true loss"));

    [Fact]
    public void Of_several_models_it_is_what_tells_them_apart() => AssertSaid(
        Run(Plain, Plain with { Name = "l2", Volume = new() { Excess = new() { Empty = true, Reason = "The basin is empty." } } }),
        ("computed", "Hessians of plain and l2, 1710 parameters each, on 60 of 60000 training samples"),
        ("weights", "plain: loss 0.25, test 25.0 % right; l2: loss 0.25, test 25.0 % right"),
        ("curvature", "plain: λ_max 33.54, 549 positive, 1151 zero, 10 negative; l2: λ_max 33.54, 549 positive, 1151 zero, 10 negative"),
        ("volume", "plain: log volume -167.59; l2: none, as the loss lies above T"));

    [Fact]
    public void A_training_has_no_curvature_and_no_volume() => AssertSaid(
        Run(new ModelRecord
        {
            Name = "mlp",
            Parameters = 9,
            Training = new()
            {
                WeightDecay = 0,
                StepLosses = [],
                Epochs = [new() { Epoch = 1, LearningRate = 1, TestLoss = 2, TestCorrect = 1, TestTotal = 4 }],
            },
        }),
        ("computed", "mlp, trained for 1 epoch, 9 parameters, on 60 of 60000 training samples"),
        ("weights", "test loss 2, 25.0 % of 4 right"));

    [Fact]
    public void By_products_numbers_lie_between_two() => AssertSaid(
        Run(Plain with
        {
            Spectrum = null,
            Volume = null,
            Curvature = new()
            {
                Matrix = "hessian",
                Pairs = new() { FromBelow = 1, Found = [new() { Value = -1, Residual = 0 }, new() { Value = 33.5, Residual = 0 }] },
                Inertia = new() { Positive = [119, 126], Zero = [9, 9], Negative = [4, 11] },
                Volumes = new Dictionary<string, DefinitionRecord> { ["excess"] = Volume(-167.5864, -167.5904, -167.5822) },
            },
        }),
        ("computed", "Hessian of plain by products, 1710 parameters, on 60 of 60000 training samples"),
        ("weights", "loss 0.25, 75.0 % of 60 right; test loss 0.5, 25.0 % of 4 right"),
        ("curvature", "λ_max 33.5; 119 to 126 positive, 9 zero, 4 to 11 negative; |g| 0.01235"),
        ("volume", "log volume -167.59, 95 %: -167.59 … -167.58 (shifted quadratic, excess); 'volume' measures it by the true loss"));

    // As many decimals as tell the ends apart, in all three numbers.
    [Theory]
    [InlineData(-476.56, -477, -476, "-476.56, 95 %: -477.00 … -476.00")]
    [InlineData(-476.5612, -476.5631, -476.5594, "-476.561, 95 %: -476.563 … -476.559")]
    [InlineData(-476.5612345, -476.5612346, -476.5612344, "-476.561235, 95 %: -476.561235 … -476.561234")]
    [InlineData(-476.5612, -476.5612, -476.5612, "-476.56, 95 %: -476.56 … -476.56")]
    public void The_ends_of_an_interval_are_told_apart(double value, double low, double high, string said)
        => Assert.Contains(
            new AnswerLine("volume", $"log volume {said}, by levels of the true loss"), Matrix(("levels", Volume(value, low, high))).Answer());

    [Fact]
    public void The_volume_that_trusts_no_model_comes_first_and_what_has_no_value_says_why()
    {
        var none = new DefinitionRecord { Applies = false, Reason = "Too few rays." };
        var probability = new DefinitionRecord { Applies = true, LogProbability = new(-24.297), Prior = "N(0, 0.5² I)" };
        Assert.Contains(
            new AnswerLine("volume", "log volume -1.00, 95 %: -2.00 … 0.00, along rays of the true loss"),
            Matrix(("measure", probability), ("rays", Volume(-1, -2, 0)), ("levels", none)).Answer());
        Assert.Contains(
            new AnswerLine("volume", "log probability -24.30 under N(0, 0.5² I), of the quadratic model"),
            Matrix(("measure", probability), ("rays", none)).Answer());
        Assert.Contains(new AnswerLine("volume", "Too few rays."), Matrix(("rays", none)).Answer());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void A_matrix_whose_loss_is_not_known_has_no_line_for_weights(double? loss) => AssertSaid(
        Matrix(("measure", new() { Applies = true, LogProbability = new(-24.297) })) with { Loss = loss },
        ("computed", "volumes of h.npy, 40 parameters, ΔT = 0.5"),
        ("curvature", "λ_max 3.443; 40 positive, 0 zero, 0 negative"),
        ("volume", "log probability -24.30, of the quadratic model"));

    [Fact]
    public void A_spectrum_says_its_ends_and_its_determinant() => AssertSaid(
        new SpectrumRunRecord
        {
            Matrix = new() { Name = "h.npy", Order = 40 },
            Min = -0.5,
            Max = 3.4431734,
            Positive = 38,
            Zero = 1,
            Negative = 1,
            Outliers = 2,
            LogDeterminant = new() { Pseudo = -17.590074, Rank = 39 },
        },
        ("computed", "spectrum of h.npy, 40 x 40"),
        ("curvature", "λ_max 3.443, λ_min -0.5; 38 positive, 1 zero, 1 negative; 2 stand apart"),
        ("determinant", "log|det| -17.59 over the 39 eigenvalues that are not zero"));

    [Fact]
    public void Of_a_picture_the_class_is_said_and_how_sure_the_model_is()
    {
        var sure = new PictureRecord { File = "a.png", Class = 1, ClassName = "cat", Probabilities = [0.25, 0.75], Outputs = [0, 1.1] };
        Assert.Equal("a.png: cat, with probability 0.750", sure.Told());
        Assert.Equal("a.png: cat; no probabilities, as the network ends in mean squares", (sure with { Probabilities = null }).Told());
        Assert.Equal("a.png: 0 1.1", new PictureRecord { File = "a.png", Outputs = [0, 1.1] }.Told());
    }

    private static void AssertSaid(IShownRecord record, params (string Name, string Value)[] expected)
        => Assert.Equal(expected.Select(line => new AnswerLine(line.Name, line.Value)), record.Answer());

    private static ResultRecord Run(params ModelRecord[] models) => new()
    {
        Command = "hessian",
        Precision = "float64",
        Options = new() { BatchSize = 64, WeightDecay = 0, InitStd = null },
        Data = new() { Samples = 60, TrainImages = 60000 },
        Models = [.. models],
    };

    private static VolumeRecord Matrix(params (string Name, DefinitionRecord Definition)[] definitions) => new()
    {
        Hessian = new() { Name = "h.npy", Max = 3.4431734, Positive = 40, Zero = 0, Negative = 0 },
        Parameters = 40,
        Threshold = 0.5,
        ThresholdKind = "excess",
        Definitions = definitions.ToDictionary(pair => pair.Name, pair => pair.Definition),
    };

    private static DefinitionRecord Volume(double value, double low, double high)
        => new() { Applies = true, LogVolume = new(value), Interval = new([low, high]) };
}
