namespace BasinVolume.Interop;

/// <summary>A tensor by name, as a model expects it.</summary>
/// <param name="Name">For example <c>conv1.weight</c>.</param>
/// <param name="Shape">The size of each dimension, in PyTorch's layout.</param>
public sealed record TensorShape(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>Other names under which a file may hold the same tensor, instead of its own or once more: tied weights.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>Its own name, and then those of its copies.</summary>
    public IEnumerable<string> Names => Copies.Prepend(Name);

    /// <summary>Number of elements.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => checked(product * size));
}
