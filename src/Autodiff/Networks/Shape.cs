using System.Collections.Immutable;

namespace BasinVolume.Autodiff.Networks;

/// <summary>The shape of one sample's value, or of a parameter tensor: row-major, the last dimension runs fastest.</summary>
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>A shape of the given dimensions.</summary>
    /// <param name="dimensions">Each at least 1.</param>
    /// <exception cref="NetworkException">There is none, or one is below 1, or the product is too large for one buffer.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        Dimensions = [.. dimensions];
        if (Dimensions.IsEmpty)
            throw new NetworkException("A shape needs at least one dimension; a single number is [1].");
        long size = 1;
        foreach (int dimension in dimensions)
        {
            size *= dimension;
            if (dimension < 1 || size > int.MaxValue)
                throw new NetworkException($"The shape {this} is not possible: every dimension must be at least 1 and the product at most {int.MaxValue}.");
        }

        Size = (int)size;
    }

    /// <summary>The dimensions, outermost first.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Number of elements.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimensions.Length, Size);

    /// <summary>As PyTorch prints it: [1, 28, 28].</summary>
    public override string ToString() => $"[{string.Join(", ", Dimensions)}]";
}
