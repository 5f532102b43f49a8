using BasinVolume.Interop.Weights;

namespace BasinVolume.Interop.Tests;

/// <summary>
/// The notebook's network as PyTorch's state_dict has it, and weights that PyTorch trained (tests/Mnist/Reference/Fixtures/README.md says how).
/// </summary>
internal static class NotebookWeights
{
    public static IReadOnlyList<TensorShape> Tensors { get; } =
        [new("conv1.weight", [1, 1, 3, 3]), new("conv1.bias", [1]), new("fc2.weight", [10, 169]), new("fc2.bias", [10])];

    public static double[] Of(string name) => TensorFolder.Read(TestFiles.Fixture("Reference", Path.Combine("weights", name)), Tensors);
}
