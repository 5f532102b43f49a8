using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = x with −∞ added above the diagonal of the last two dimensions, so that a softmax of row t gives no weight to what comes after t. With the projection P
/// on and below the diagonal,
/// <code>
/// x̄ += P ȳ        ẏ = P ẋ        x̄˙ += P ȳ˙
/// </code>
/// Above it nothing is multiplied: tangents and adjoints are 0 there whatever comes in.
/// </summary>
public sealed record CausalMask : Operator
{
    private readonly int _size;

    /// <summary>A mask.</summary>
    /// <param name="shape">The shape of a sample's input and output, [.., T, T′].</param>
    /// <exception cref="NetworkException">It has only one dimension.</exception>
    public CausalMask(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Dimensions.Length < 2)
            throw new NetworkException($"A causal mask takes a value with two dimensions or more, [.., time, time]; got {shape}.");
        Inputs = [shape];
        int columns = shape.Dimensions[^1];
        _size = shape.Dimensions[^2] * columns;
        bool[] kept = [.. Enumerable.Range(0, _size).Select(i => i % columns <= i / columns)];
        FixedIndices = [.. kept.Select((isKept, i) => isKept ? i : -1), .. kept.Select(isKept => isKept ? -1 : 0)];
    }

    /// <inheritdoc/>
    public override string Description => "CausalMask";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output => Inputs[0];

    /// <summary>For each element of a matrix its own place where it is kept, −1 where not; and behind it the place of −∞ where it is not kept.</summary>
    public override ImmutableArray<int> FixedIndices { get; }

    /// <summary>−∞, and what is added to a matrix: the forward pass writes both once for all samples.</summary>
    public override long SavedLength => 1L + _size;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        View<T> infinity = at.Saved.Slice(0, 1), added = at.Saved.Slice(1, _size);
        at.Kernels.Fill(1, T.NegativeInfinity, infinity);
        at.Kernels.Gather(new GatherShape(1, 1, 1, _size, 0, 0), at.FixedIndices.Slice(_size, _size), Batch<T>.Shared(infinity), added);
        at.Kernels.Copy(1, at.Output.Length, Batch<T>.Shared(at.Input()), Batch<T>.Shared(at.Output), false);
        at.Kernels.AddBias(1, at.Output.Length / _size, _size, 1, Batch<T>.Shared(added), at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at) => Scatter(at, at.OutputAdjoint, at.InputAdjoint());

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Gather(Selection(at.OutputTangent), at.FixedIndices, Batch<T>.Shared(at.InputTangent()), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at) => Scatter(at, at.OutputTangentAdjoint, at.InputTangentAdjoint());

    // What no pass needs is empty.
    private void Scatter<T>(Frame<T> at, View<T> from, View<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!to.IsEmpty)
            at.Kernels.ScatterAdd(Selection(to), at.FixedIndices, Batch<T>.Shared(from), to, at.Accumulates());
    }

    private GatherShape Selection<T>(View<T> values)
        where T : unmanaged
        => new(1, values.Length / _size, _size, _size, IndexEntryStride: 0, IndexRowStride: 0);
}
