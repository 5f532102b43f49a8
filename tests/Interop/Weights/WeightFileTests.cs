using BasinVolume.Interop.Weights;

namespace BasinVolume.Interop.Tests.Weights;

public sealed class WeightFileTests : IDisposable
{
    private static readonly IReadOnlyList<TensorShape> Model = NotebookWeights.Tensors;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_format_gives_the_same_weights_whatever_the_name()
    {
        double[] weights = NotebookWeights.Of("l2_trained");
        Assert.Equal(weights, WeightFile.Read(TestFiles.Fixture("Reference", Path.Combine("weights", "l2_trained")), Model).Values);
        File.Copy(TestFiles.Fixture("Interop", "l2_trained.pt"), _folder.PathOf("a.bin"));
        Assert.Equal(weights, WeightFile.Read(_folder.PathOf("a.bin"), Model).Values);
        SafeTensors.Write<double>(_folder.PathOf("b.bin"), Model, weights);
        Assert.Equal(weights, WeightFile.Read(_folder.PathOf("b.bin"), Model).Values);
    }

    [Fact]
    public void What_is_no_checkpoint_is_explained()
    {
        AssertRefused(_folder.PathOf("nowhere.pt"), "Cannot read", "nowhere.pt");
        AssertRefused(_folder.Write("empty.pt", []), "it is empty");
        AssertRefused(_folder.Write("text.pt", "hello"u8.ToArray()), "neither a file of torch.save");
        // What torch.save wrote before 1.6 begins with: protocol 2 and the long integer 0x1950a86a20f9469cfc6c.
        byte[] old = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        AssertRefused(_folder.Write("old.pt", old), "ends too early");
    }

    // sha256sum l2_trained.pt
    [Fact]
    public void A_file_is_known_by_its_hash()
        => Assert.Equal(
            "e1c9bba3653c10a3fc4ea5ace6dbb1c280a11162768885251250234502a6d614", WeightFile.Sha256(TestFiles.Fixture("Interop", "l2_trained.pt"), Model));

    [Fact]
    public void A_folder_is_known_by_the_hash_of_its_tensors()
        => Assert.Equal(64, WeightFile.Sha256(TestFiles.Fixture("Reference", Path.Combine("weights", "l2_trained")), Model).Length);

    private static void AssertRefused(string path, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => WeightFile.Read(path, Model), parts);
}
