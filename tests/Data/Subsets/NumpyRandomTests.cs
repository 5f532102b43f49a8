using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Tests.Subsets;

public class NumpyRandomTests
{
    // NumPy: numpy.frombuffer(numpy.random.RandomState(seed).bytes(8), "<u4").
    [Theory]
    [InlineData(0L, 2357136044u, 2546248239u)]
    [InlineData(2022L, 40194941u, 3790341340u)]
    [InlineData(4294967295L, 419326371u, 479346978u)]
    public void The_32_bit_stream_is_numpys(long seed, uint first, uint second)
    {
        var random = new NumpyRandom(seed);
        Assert.Equal((first, second), (random.NextUInt32(), random.NextUInt32()));
    }

    // NumPy: numpy.random.RandomState(7).randint(bound, size=3).
    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(256, 175, 196, 25)]
    [InlineData(int.MaxValue, 327741615, 976413892, 1202242073)]
    public void Bounded_numbers_are_numpys(int bound, int first, int second, int third)
    {
        var random = new NumpyRandom(7);
        Assert.Equal((first, second, third), (random.NextBelow(bound), random.NextBelow(bound), random.NextBelow(bound)));
    }

    [Fact]
    public void A_bound_of_one_takes_nothing_from_the_stream()
    {
        var random = new NumpyRandom(2022);
        random.NextBelow(1);
        Assert.Equal(40194941u, random.NextUInt32());
    }

    [Fact]
    public void Uniform_numbers_are_numpys()
    {
        var random = new NumpyRandom(uint.MaxValue);
        Assert.All(Expected("uniform-4294967295-100.npy"), value => Assert.Equal(value, random.NextDouble()));
    }

    [Fact]
    public void Normal_numbers_are_numpys()
    {
        // An odd number of them: the second of the last pair is left over. The deviation in the file is 0.1.
        // The logarithm of another C library may differ in the last bit.
        var random = new NumpyRandom(2022);
        Assert.All(Expected("normal-2022-0.1-1001.npy"), value => Assert.Equal(value, 0.1 * random.NextGaussian(), 1e-15));
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(4294967296L)]
    public void A_seed_out_of_range_is_explained(long seed)
        => TestFiles.AssertExplained<DataException>(() => _ = new NumpyRandom(seed), $"{seed}", "0 to 4294967295");

    [Fact]
    public void A_bound_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new NumpyRandom(0).NextBelow(0));

    private static double[] Expected(string name) => Npy.Read(TestFiles.Fixture("Subsets", name)).AsDoubles();
}
