using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = x + b, where a sample is [rows, elements of b, pixels]: one element of b for each channel (the first dimension of a sample; for a vector each feature
/// is one), or b in every row of the last dimensions, or b as large as a sample:
/// <code>
/// x̄ += ȳ        b̄ = Σ ȳ over samples, rows and pixels        ẏ = ẋ + ḃ        x̄˙ += ȳ˙        b̄˙ = Σ ȳ˙
/// </code>
/// </summary>
public sealed record Bias : Operator
{
    /// <summary>One element of b for each channel: parameter name.bias.</summary>
    /// <param name="name">The layer's name, the first part of its parameter's name.</param>
    /// <param name="shape">The shape of a sample's input and output.</param>
    public Bias(string name, Shape shape)
        : this(name, shape, new ParameterTensor($"{name}.bias", new Shape(shape.Dimensions[0]), InitialValue: 0), rows: 1)
    {
    }

    private Bias(string name, Shape shape, ParameterTensor tensor, int rows)
    {
        (Name, Output, Rows) = (name, shape, rows);
        Inputs = [shape];
        Parameters = [tensor];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>How many rows a sample has, each of which meets all of b; 1 where an element is a channel's, or b as large as a sample.</summary>
    public int Rows { get; }

    /// <inheritdoc/>
    public override string Description => $"Bias {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    private int Channels => Parameters[0].Shape.Size;

    private int Pixels => Output.Size / Rows / Channels;

    /// <summary>One element of b for each element of the last dimensions: parameter name.bias of their shape.</summary>
    /// <param name="name">The layer's name, the first part of its parameter's name.</param>
    /// <param name="shape">The shape of a sample's input and output.</param>
    /// <param name="dimensions">How many dimensions.</param>
    /// <exception cref="NetworkException">There are not so many.</exception>
    public static Bias OnLast(string name, Shape shape, int dimensions)
    {
        Shape last = LastDimensions.Of($"The bias '{name}'", shape, dimensions);
        return new(name, shape, new ParameterTensor($"{name}.bias", last, InitialValue: 0), shape.Size / last.Size);
    }

    /// <summary>One element of b for each element of a sample, drawn at random at first, as learned positions are: parameter name.weight.</summary>
    /// <param name="name">The layer's name, the first part of its parameter's name.</param>
    /// <param name="shape">The shape of a sample's input and output, and of the parameter.</param>
    public static Bias Positions(string name, Shape shape) => new(name, shape, new ParameterTensor($"{name}.weight", shape, InitialValue: null), rows: 1);

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override bool ActsInPlace => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Copy(at.WeightVectors, at.OutputBatch.Stride, at.InputBatch(), at.OutputBatch, false);
        at.Kernels.AddBias(at.WeightVectors, at.SamplesPerVector * Rows, Channels, Pixels, at.ParameterBatch(0), at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        Passing.Pass(at, at.OutputAdjoint, at.InputAdjoint(), at.Accumulates());
        if (!at.ParameterAdjoint(0).IsEmpty)
            at.Kernels.SumToBias(1, at.Samples * Rows, Channels, Pixels, Batch<T>.Shared(at.OutputAdjoint), Batch<T>.Shared(at.ParameterAdjoint(0)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        if (at.InputTangent().IsEmpty)
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        else
            Passing.Pass(at, at.InputTangent(), at.OutputTangent, false);
        if (!at.ParameterTangent(0).Data.IsEmpty)
            at.Kernels.AddBias(at.Directions, at.Samples * Rows, Channels, Pixels, at.ParameterTangent(0), at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        Passing.Pass(at, at.OutputTangentAdjoint, at.InputTangentAdjoint(), at.Accumulates());
        at.Kernels.SumToBias(at.Directions, at.Samples * Rows, Channels, Pixels, at.OutputTangentAdjointBatch, at.ParameterTangentAdjoint(0), false);
    }
}
