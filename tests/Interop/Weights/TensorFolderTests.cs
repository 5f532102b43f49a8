using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;

namespace BasinVolume.Interop.Tests.Weights;

public sealed class TensorFolderTests : IDisposable
{
    private static readonly TensorShape[] Tensors = [new("conv1.weight", [1, 1, 2, 2]), new("conv1.bias", [1])];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_come_back_as_one_vector()
    {
        TensorFolder.Write<float>(_folder.Path, Tensors, [1, 2, 3, 4, 5]);
        Assert.Equal([1.0, 2, 3, 4, 5], TensorFolder.Read(_folder.Path, Tensors));
        Assert.Equal([1, 1, 2, 2], Npy.Read(_folder.PathOf("conv1.weight.npy")).Shape);
        Assert.Equal([5.0, 1, 2, 3, 4], TensorFolder.Read(_folder.Path, [.. Tensors.Reverse()]));
    }

    [Fact]
    public void Other_files_do_not_matter_while_nothing_is_missing()
    {
        TensorFolder.Write<double>(_folder.Path, Tensors, [1, 2, 3, 4, 5]);
        _folder.Write("fc.weight.npy", [0]);
        Assert.Equal(5, TensorFolder.Read(_folder.Path, Tensors).Length);
    }

    [Fact]
    public void Missing_tensors_are_named_beside_those_nobody_asked_for()
    {
        Npy.Write<double>(_folder.PathOf("conv1.bias.npy"), [1], [1]);
        Npy.Write<double>(_folder.PathOf("conv.weight.npy"), [1, 1, 2, 2], [1, 2, 3, 4]);
        AssertExplained("lacks conv1.weight.npy (it has conv.weight.npy,");
    }

    [Fact]
    public void All_tensors_that_do_not_fit_are_named_in_one_sentence()
    {
        Npy.Write<double>(_folder.PathOf("conv1.weight.npy"), [2, 2], [1, 2, 3, 4]);
        Npy.Write<double>(_folder.PathOf("conv1.bias.npy"), [1], [double.NaN]);
        AssertExplained("conv1.weight is (2, 2), expected (1, 1, 2, 2)", "conv1.bias is NaN at index 0, expected finite numbers");
    }

    [Fact]
    public void A_missing_folder_is_explained()
        => TestFiles.AssertExplained<DataException>(
            () => TensorFolder.Read(_folder.PathOf("nowhere"), Tensors), "no folder", "nowhere", "conv1.weight, conv1.bias");

    [Fact]
    public void The_values_must_fit_the_tensors()
    {
        Assert.Throws<ArgumentException>(() => TensorFolder.Write<double>(_folder.Path, Tensors, [1, 2, 3]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private void AssertExplained(params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => TensorFolder.Read(_folder.Path, Tensors), [_folder.Path, .. parts]);
}
