using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Weights;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;

namespace BasinVolume.Basins.Tests.Weights;

/// <summary>A tied tensor in files of weights: written under both names, and read under either or both.</summary>
public sealed class NetworkTensorsTests : IDisposable
{
    private static readonly double[] Values = [1, 2, 3, 4];

    private readonly TemporaryFolder _folder = new();
    private readonly Network _network = new NetworkBuilder(new Shape(2)).Linear("first", 2, bias: false).Linear("second", 2, bias: false).MeanSquaredLoss()
        .Tie("second.weight", "first.weight").Build();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_written_under_both_names_and_read_again()
    {
        (IReadOnlyList<TensorShape> tensors, double[] values) = NetworkTensors.WithCopies(_network, Values);
        Assert.Equal(["first.weight", "second.weight"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], values);
        foreach (string path in Written(tensors, values))
            Assert.Equal(Values, NetworkTensors.Read(_network, path).Weights);
    }

    [Theory]
    [InlineData("first.weight")]
    [InlineData("second.weight")]
    public void Either_name_will_do_in_a_file(string name)
    {
        foreach (string path in Written([new(name, [2, 2])], Values).Where(File.Exists))
            Assert.Equal(Values, NetworkTensors.Read(_network, path).Weights);
    }

    [Fact]
    public void Two_tensors_that_differ_are_not_one()
    {
        string[] paths = Written([new("first.weight", [2, 2]), new("second.weight", [2, 2])], [1, 2, 3, 4, 1, 2, 3, 5]);
        foreach (string path in paths.Where(File.Exists))
            TestFiles.AssertExplained<DataException>(
                () => NetworkTensors.Read(_network, path), path, "second.weight and first.weight with different elements");
    }

    private string[] Written(IReadOnlyList<TensorShape> tensors, double[] values)
    {
        string path = _folder.PathOf("weights");
        WeightFile.WriteAll(path, tensors, values, new Dictionary<string, string>());
        return [path, $"{path}.npz", $"{path}.pt", $"{path}.safetensors"];
    }
}
