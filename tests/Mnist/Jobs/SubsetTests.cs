using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Jobs;

namespace BasinVolume.Mnist.Tests.Jobs;

public sealed class SubsetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // bool.npy of NumPy: [True, False].
    [Fact]
    public void A_boolean_array_is_a_mask()
    {
        string mask = TestFiles.Fixture("Interop", "bool.npy");
        Assert.Equal([0], Subset.Read(mask, population: 2));
        TestFiles.AssertExplained<DataException>(() => Subset.Read(mask, population: 60000), "bool.npy", "mask of 2 truth values", "60000 training samples");
    }

    [Fact]
    public void A_mask_without_any_image_is_refused()
    {
        byte[] file = File.ReadAllBytes(TestFiles.Fixture("Interop", "bool.npy"));
        file[^2] = 0;
        TestFiles.AssertExplained<DataException>(() => Subset.Read(_folder.Write("none.npy", file), population: 2), "none is true");
    }

    [Fact]
    public void Real_numbers_are_no_indices()
    {
        string file = _folder.PathOf("real.npy");
        Npy.Write<double>(file, [2], [0, 1]);
        TestFiles.AssertExplained<DataException>(() => Subset.Read(file, population: 2), "holds real numbers, expected whole ones");
    }
}
