using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y_o = x_{k(o)}, k(o) the winner of window o. The winners are chosen once, in the forward pass (the first of equals), and all passes use that choice:
/// <code>
/// x̄ = Pᵀ ȳ        ẏ = P ẋ        x̄˙ = Pᵀ ȳ˙        P the selection of the winners
/// </code>
/// A winner chosen anew in the tangent pass could differ at a tie and would make the Hessian asymmetric.
/// </summary>
public sealed record MaxPool : Operator
{
    /// <summary>A max-pool.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="NetworkException">A size is not possible, or the image is smaller than a window.</exception>
    public MaxPool(PoolingShape shape)
    {
        Pooling.Check("Max-pool", shape);
        Shape = shape;
        Inputs = [new Shape(shape.Channels, shape.InputHeight, shape.InputWidth)];
        Output = new Shape(shape.Channels, shape.OutputHeight, shape.OutputWidth);
    }

    /// <summary>Sizes of image and window.</summary>
    public PoolingShape Shape { get; }

    /// <inheritdoc/>
    public override string Description => "MaxPool";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override long SavedIndices => Output.Size;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool HasEdges => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.MaxPool(at.Samples, Shape, at.Input(), at.Output, at.SavedIndices);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.ScatterAdd(Selection(1, at.Samples), at.SavedIndices, Batch<T>.Shared(at.OutputAdjoint), at.InputAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Gather(Selection(at.Directions, at.Samples), at.SavedIndices, at.InputTangentBatch(), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.ScatterAdd(
                Selection(at.Directions, at.Samples), at.SavedIndices, at.OutputTangentAdjointBatch, at.InputTangentAdjoint(), at.Accumulates());
    }

    // A row is one channel of one sample; all directions share the winners.
    private GatherShape Selection(int directions, int samples)
        => new(directions, samples * Shape.Channels, Shape.InputPlane, Shape.OutputPlane, 0, Shape.OutputPlane);
}
