using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = x with its elements, in the order in which they lie, under another shape; every pass is a copy.</summary>
public sealed record Reshape : Operator
{
    /// <summary>A reshape.</summary>
    /// <param name="input">The shape of a sample's input.</param>
    /// <param name="output">The shape of its output.</param>
    /// <exception cref="NetworkException">They do not have as many elements.</exception>
    public Reshape(Shape input, Shape output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        if (input.Size != output.Size)
            throw new NetworkException(
                $"A value of shape {input} has {input.Size} elements and cannot become one of shape {output} with {output.Size}; give a shape with as many.");
        Inputs = [input];
        Output = output;
    }

    /// <inheritdoc/>
    public override string Description => "Reshape";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override bool ActsInPlace => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at) => Passing.Pass(at, at.Input(), at.Output, false);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at) => Passing.Pass(at, at.OutputAdjoint, at.InputAdjoint(), at.Accumulates());

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at) => Passing.Pass(at, at.InputTangent(), at.OutputTangent, false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at) => Passing.Pass(at, at.OutputTangentAdjoint, at.InputTangentAdjoint(), at.Accumulates());
}
