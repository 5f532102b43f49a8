using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Tests.Records;

/// <summary>Tables of volumes: what stands beside each other can be compared, or is said to be of another kind.</summary>
public sealed class VolumeTablesTests
{
    [Theory]
    [InlineData(PriorCentre.Origin, "N(0, 0.5² I)")]
    [InlineData(PriorCentre.Weights, "N(θ*, 0.5² I)")]
    public void A_probability_is_beside_its_prior(PriorCentre centre, string prior)
    {
        QuadraticModel model = QuadraticModel.AtMinimum(1, new Curvature.Spectrum([1, 2], 1e-16));
        GaussianMeasure measure = GaussianMeasure.Of(model, BasinThreshold.Excess(0.1), new GaussianPrior(PriorCentre.Weights, 0.5));
        DefinitionRecord record = DefinitionRecord.Of(VolumeEntry.Of(measure));
        Assert.Equal("N(θ*, 0.5² I)", record.Prior);
        Assert.Equal(prior, new GaussianPrior(centre, 0.5).Notation);
        Assert.Equal(prior, (record with { Prior = prior }).Cells("measure")[1]);
        QuadraticVolume volume = QuadraticVolume.AroundWeights(model, BasinThreshold.Excess(0.1), shift: 0);
        Assert.Equal("volume", DefinitionRecord.Of(VolumeEntry.Of(volume)).Cells("quadratic")[1]);
    }

    [Fact]
    public void Plain_draws_and_what_they_say_of_the_quadratic_name_their_prior()
    {
        var record = new VolumeRecord
        {
            Rays = new()
            {
                PriorDraws = new() { Prior = "N(0, 0.5² I)", Points = 10, Inside = 5, MeanRise = 1, MeanRiseStandardError = 0.1, QuadraticMeanRise = 4 },
            },
        };
        Section volumes = record.Sections().First();
        Assert.StartsWith("Over N(0, 0.5² I) the true loss rises by 1 ± 0.1 on average, the quadratic by 4: ", volumes.Note, StringComparison.Ordinal);
        Assert.Equal(["points of the prior", "N(0, 0.5² I)"], volumes.Table.Rows.Single()[..2]);
    }

    [Fact]
    public void A_count_between_two_equal_numbers_is_a_value_and_other_counts_are_none()
    {
        var model = new ModelRecord
        {
            Name = "net",
            Curvature = new() { Matrix = "gauss-newton", Inertia = new() { Positive = [119, 126], Zero = [9, 9], Negative = [4, 11] } },
        };
        TextTable table = CurvatureTables.Sections([model]).First().Table;
        Assert.Equal(["zero eigenvalues", "9", "9 … 9"], table.Rows.Single(row => row[0] == "zero eigenvalues")[..3]);
        Assert.Equal(["positive eigenvalues", Cell.Nothing, "119 … 126"], table.Rows.Single(row => row[0] == "positive eigenvalues")[..3]);
        Assert.Equal("Gauss–Newton matrix of all parameters", table.Rows[0][3]);
    }

    [Fact]
    public void Zeros_are_told_apart_only_where_a_network_says_which_are_structural()
    {
        var bare = new SpectrumRunRecord { Zero = 2, StructuralZeros = 0, NumericalZeros = 2, StructuralGroups = [] };
        Assert.DoesNotContain(bare.Sections().First().Table.Rows, row => row[0] == "structural zeros");
        SpectrumRunRecord known = bare with { StructuralZeros = 1, NumericalZeros = 1, StructuralGroups = [new() { Name = "softmax shift of 2", Count = 1 }] };
        Assert.Contains(known.Sections().First().Table.Rows, row => row[0] == "structural zeros" && row[1] == "1");
    }
}
