using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = (x − μ) / √(σ² + ε) with a fixed mean μ and variance σ² for each channel (the first dimension): what a batch normalisation does in evaluation before its
/// weight and bias. It is the <see cref="Affine"/> map
/// <code>
/// y = a x + b        a = 1/√(σ² + ε)        b = −μ a
/// </code>
/// and has its passes. The statistics are buffers: a checkpoint holds them, and they are no parameters.
/// </summary>
public sealed record FixedStandardization : Affine
{
    /// <summary>A standardization.</summary>
    /// <param name="name">The layer's name, the first part of its buffers' names.</param>
    /// <param name="shape">The shape of a sample's input and output.</param>
    /// <param name="mean">μ of each channel.</param>
    /// <param name="variance">σ² of each channel, at least 0.</param>
    /// <param name="epsilon">ε, more than 0.</param>
    /// <exception cref="NetworkException">There is not one mean and variance for each channel, or one is not finite or below 0.</exception>
    public FixedStandardization(string name, Shape shape, ImmutableArray<double> mean, ImmutableArray<double> variance, double epsilon)
        : base(shape, Scale(name, shape, variance, epsilon), Shift(name, shape, mean, variance, epsilon))
    {
        (Name, Epsilon) = (name, epsilon);
        var channels = new Shape(shape.Dimensions[0]);
        Buffers = [new($"{name}.running_mean", channels, mean), new($"{name}.running_var", channels, variance)];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Description => $"FixedStandardization {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<BufferTensor> Buffers { get; }

    /// <inheritdoc/>
    public override Operator WithBuffers(IReadOnlyList<ImmutableArray<double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new FixedStandardization(Name, Output, values[0], values[1], Epsilon);
    }

    private static ConstantTensor Scale(string name, Shape shape, ImmutableArray<double> variance, double epsilon)
    {
        if (!(epsilon > 0 && double.IsFinite(epsilon)))
            throw new NetworkException($"The epsilon of the batch normalisation '{name}' is {epsilon}, but must be more than 0.");
        CheckChannels($"{name}.running_var", shape, variance);
        return variance.FirstOrDefault(value => !(value >= 0)) is var negative && negative != 0
            ? throw new NetworkException($"A variance in '{name}.running_var' is {negative}; variances are at least 0.")
            : PerChannel(shape, [.. variance.Select(value => 1 / Math.Sqrt(value + epsilon))]);
    }

    private static ConstantTensor Shift(string name, Shape shape, ImmutableArray<double> mean, ImmutableArray<double> variance, double epsilon)
    {
        CheckChannels($"{name}.running_mean", shape, mean);
        return PerChannel(shape, [.. mean.Zip(variance, (m, v) => -m / Math.Sqrt(v + epsilon))]);
    }

    private static void CheckChannels(string name, Shape shape, ImmutableArray<double> values)
    {
        if (values.Length != shape.Dimensions[0])
            throw new NetworkException($"'{name}' has {values.Length} elements, but there are {shape.Dimensions[0]} channels.");
        if (values.FirstOrDefault(value => !double.IsFinite(value)) is var fault && !double.IsFinite(fault))
            throw new NetworkException($"'{name}' has {fault} in it; statistics are finite.");
    }

    private static ConstantTensor PerChannel(Shape shape, ImmutableArray<double> values)
        => new(new Shape([values.Length, .. Enumerable.Repeat(1, shape.Dimensions.Length - 1)]), values);
}
