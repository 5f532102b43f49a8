using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Normalizing;

public sealed class NormalizationTests
{
    // Two images of 2 x 2: the upper row of both is 0 and 255, the lower 51 and 51.
    private static readonly Dataset Set = GreyImages.Of([0, 255, 51, 51, 255, 0, 51, 51], [1, 2], 2, 2);

    [Theory]
    [InlineData("mnist", "mnist")]
    [InlineData("0.1307,0.3081", "mnist")]
    [InlineData("none", "none")]
    [InlineData("0,1", "none")]
    [InlineData("0.5,0.25", "0.5,0.25")]
    [InlineData("-1e-1,2", "-0.1,2")]
    [InlineData("0.1,0.2,0.3,0.4", "0.1,0.2,0.3,0.4")]
    public void What_is_spelled_is_read(string text, string spelling)
    {
        Assert.True(Normalization.TryParse(text, out Normalization? normalization));
        Assert.Equal(spelling, normalization.Spelling);
        Assert.True(Normalization.TryParse(normalization.Spelling, out Normalization? again) && again.Same(normalization));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.5")]
    [InlineData("0.5,0")]
    [InlineData("0.5,-1")]
    [InlineData("nan,1")]
    [InlineData("0,1e400")]
    [InlineData("0.1,0.2,0.3")]
    [InlineData("0.1,0.2,")]
    [InlineData("Mnist")]
    public void What_is_no_mean_and_deviation_is_refused(string text) => Assert.False(NormalizationChoice.TryParse(text, out _));

    [Fact]
    public void Inputs_are_pixels_less_the_mean_over_the_deviation()
    {
        Assert.True(Normalization.TryCreate([0.5], [0.25], out Normalization? own));
        Assert.Equal([-2.0, 2, ((51 / 255f) - 0.5) / 0.25, ((51 / 255f) - 0.5) / 0.25], Inputs(Set.With(own)));
        Assert.Equal([0.0, 1, 51 / 255f, 51 / 255f], Inputs(Set.With(Normalization.None)));
        Assert.True(Set.Normalization.Same(Normalization.Mnist));
    }

    [Fact]
    public void A_channel_has_its_own_mean_and_deviation()
    {
        Assert.True(Normalization.TryCreate([0.5, 0], [0.5, 0.1], out Normalization? own));
        Assert.Equal([-1.0, 1, (51 / 255f) / 0.1, (51 / 255f) / 0.1], Inputs(Set.With(own)));
        Assert.True(Normalization.TryCreate([0, 0, 0], [1, 1, 1], out Normalization? three));
        Assert.Throws<ArgumentException>(() => Set.With(three));
    }

    // By hand: pixels 0, 1, 0.2, 0.2 have mean 0.35 and variance (0.35² + 0.65² + 2·0.15²)/4 = 0.1475; the upper row 0.5 and 0.25.
    [Fact]
    public void Mean_and_deviation_are_those_of_the_pixels()
    {
        Normalization all = SampleStatistics.Of(Set, [0, 1, 1], channels: 1);
        Assert.Equal(0.35, all.Means[0], 1e-15);
        Assert.Equal(Math.Sqrt(0.1475), all.Deviations[0], 1e-15);
        TestFiles.AssertExplained<DataException>(() => SampleStatistics.Of(Set, [0], channels: 2), "standard deviation is 0", "--normalize");
    }

    // Columns 1, 3, 5 and 2, 2, 2: mean 3 and deviation √(8/3), and a column that is only moved.
    [Fact]
    public void Columns_of_numbers_have_means_and_deviations_of_their_own()
    {
        var layout = new DataLayout(new Shape(2), ElementKind.Double) { Targets = ["y"] };
        var keeper = new SampleKeeper(layout, 3, wanted: null, "samples");
        for (int i = 0; i < 3; i++)
        {
            keeper.PutNumbers<double>(i, [1 + (2 * i), 2], "here");
            keeper.PutTargets(i, [0], "here");
        }

        Dataset numbers = keeper.ToDataset();
        Normalization own = SampleStatistics.Of(numbers, [0, 1, 2], layout.Channels);
        Assert.Equal([3.0, 2], own.Means);
        Assert.Equal([Math.Sqrt(8 / 3.0), 1], own.Deviations);
        double[] inputs = new double[2];
        numbers.With(own).Read([2], inputs.AsSpan());
        Assert.Equal([2 / Math.Sqrt(8 / 3.0), 0], inputs);
        numbers.Read([2], inputs.AsSpan());
        Assert.Equal([5.0, 2], inputs);
    }

    private static double[] Inputs(Dataset set)
    {
        double[] inputs = new double[set.SampleSize];
        set.Read([0], inputs.AsSpan());
        return inputs;
    }
}
