using System.Collections.Immutable;

namespace BasinVolume.Autodiff.Networks;

/// <summary>Numbers that stand in a network and are no parameters.</summary>
public sealed record ConstantTensor
{
    /// <summary>A tensor of numbers.</summary>
    /// <param name="shape">Its shape; null for a single number.</param>
    /// <param name="values">Its elements, the last dimension running fastest.</param>
    /// <exception cref="NetworkException">There are not as many numbers as the shape has elements.</exception>
    public ConstantTensor(Shape? shape, ImmutableArray<double> values)
    {
        int size = shape?.Size ?? 1;
        if (values.Length != size)
            throw new NetworkException($"A constant of shape {shape?.ToString() ?? "[]"} has {size} elements; {values.Length} were given.");
        (Shape, Values) = (shape, values);
    }

    /// <summary>A single number.</summary>
    /// <param name="value">The number.</param>
    public ConstantTensor(double value)
        : this(null, [value])
    {
    }

    /// <summary>The shape; null for a single number.</summary>
    public Shape? Shape { get; }

    /// <summary>The elements, the last dimension running fastest.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The elements repeated as NumPy broadcasts: dimensions meet from the last one on, and one of 1, or one that is missing, is repeated.</summary>
    /// <param name="target">The shape that they are repeated to.</param>
    /// <exception cref="NetworkException">The shapes do not meet so.</exception>
    public ImmutableArray<double> BroadcastTo(Shape target)
    {
        ArgumentNullException.ThrowIfNull(target);
        int[] own = [.. Shape?.Dimensions ?? []];
        int missing = target.Dimensions.Length - own.Length;
        if (missing < 0 || own.Where((dimension, i) => dimension != 1 && dimension != target.Dimensions[missing + i]).Any())
            throw new NetworkException(
                $"A constant of shape {Shape} cannot be repeated to a sample of shape {target}: from the last dimension on each must be the same, or 1.");
        // Elements of the constant from one index of each of the target's dimensions to the next.
        var strides = new int[target.Dimensions.Length];
        for (int i = own.Length - 1, stride = 1; i >= 0; stride *= own[i--])
            strides[missing + i] = own[i] == 1 ? 0 : stride;
        var values = ImmutableArray.CreateBuilder<double>(target.Size);
        for (int element = 0; element < target.Size; element++)
            values.Add(Values[Place(target, strides, element)]);
        return values.MoveToImmutable();
    }

    private static int Place(Shape target, int[] strides, int element)
    {
        int place = 0;
        for (int i = strides.Length - 1; i >= 0; element /= target.Dimensions[i--])
            place += element % target.Dimensions[i] * strides[i];
        return place;
    }
}
