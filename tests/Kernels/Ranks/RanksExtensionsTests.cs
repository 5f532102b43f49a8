using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Kernels.Tests.Ranks;

/// <summary>What ranks exchange besides sums, among ranks that are threads.</summary>
public sealed class RanksExtensionsTests
{
    [Fact]
    public void A_process_alone_has_the_least_number_and_the_only_text()
    {
        Assert.Equal(7.5, OneRank.Alone.Least(7.5));
        Assert.Equal(["größer ∞"], OneRank.Alone.Texts("größer ∞"));
        Assert.Equal(string.Empty, OneRank.Alone.Text(string.Empty, 0));
    }

    [Theory]
    [InlineData(3.0, 1.0, 2.0)]
    [InlineData(-1.0, 0.0, double.PositiveInfinity)]
    public void The_least_number_is_every_ranks(params double[] numbers)
        => Assert.All(ThreadRanks.Run(numbers.Length, ranks => ranks.Least(numbers[ranks.Rank])), least => Assert.Equal(numbers.Min(), least));

    // Lengths around those of a number, eight bytes.
    [Fact]
    public void Every_rank_has_all_texts_in_order()
    {
        string[] texts = [string.Empty, "1234567", "12345678", "123456789 and λ", "\n\0end"];
        Assert.All(ThreadRanks.Run(texts.Length, ranks => ranks.Texts(texts[ranks.Rank])), all => Assert.Equal(texts, all));
    }
}
