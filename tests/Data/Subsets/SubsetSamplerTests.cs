using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using CsCheck;

namespace BasinVolume.Data.Tests.Subsets;

public class SubsetSamplerTests
{
    [Theory]
    [InlineData(Sampling.WithReplacement, "randint-2022-60000-1500.npy")]
    [InlineData(Sampling.WithoutReplacement, "permutation-2022-60000-1500.npy")]
    public void Indices_are_numpys(Sampling sampling, string file)
        => Assert.Equal(
            Npy.Read(TestFiles.Fixture("Subsets", file)).AsInt64(),
            SubsetSampler.Draw(60000, 1500, new NumpyRandom(2022), sampling).Select(index => (long)index));

    [Fact]
    public void The_whole_set_without_replacement_is_a_permutation()
        // NumPy: numpy.random.RandomState(7).permutation(10).
        => Assert.Equal([8, 5, 0, 2, 1, 9, 7, 3, 6, 4], SubsetSampler.Draw(10, 10, new NumpyRandom(7), Sampling.WithoutReplacement));

    [Fact]
    public void All_are_taken_once_in_order_and_nothing_is_drawn()
    {
        var random = new NumpyRandom(7);
        Assert.Equal([0, 1, 2, 3], SubsetSampler.Draw(4, 3, random, Sampling.All));
        Assert.Equal(new NumpyRandom(7).NextBelow(1000), random.NextBelow(1000));
    }

    [Fact]
    public void Without_replacement_no_index_comes_twice()
        => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200], Gen.UInt).Where((population, size, _) => size <= population).Sample((population, size, seed) =>
        {
            int[] indices = SubsetSampler.Draw(population, size, new NumpyRandom(seed), Sampling.WithoutReplacement);
            Assert.Equal(size, indices.Distinct().Count());
            Assert.All(indices, index => Assert.InRange(index, 0, population - 1));
        });

    [Theory]
    [InlineData(0, 1, "0 samples")]
    [InlineData(-1, 1, "-1 samples")]
    [InlineData(5, 0, "subset of 0")]
    [InlineData(5, -3, "subset of -3")]
    [InlineData(5, 6, "6 different samples")]
    public void A_subset_that_cannot_be_is_explained(int population, int size, string part)
        => TestFiles.AssertExplained<DataException>(() => SubsetSampler.Draw(population, size, new NumpyRandom(0), Sampling.WithoutReplacement), part);

    [Fact]
    public void With_replacement_a_subset_may_be_larger_than_the_set()
        => Assert.All(SubsetSampler.Draw(2, 100, new NumpyRandom(0), Sampling.WithReplacement), index => Assert.InRange(index, 0, 1));

    [Fact]
    public void A_seed_out_of_range_is_explained()
        => TestFiles.AssertExplained<DataException>(() => SubsetSampler.Draw(5, 1, new NumpyRandom(-1), Sampling.WithReplacement), "seed -1");
}
