using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = P x, the part of x whose index along one dimension lies in first … first + count − 1; the other dimensions stay whole:
/// <code>
/// x̄ += Pᵀ ȳ        ẏ = P ẋ        x̄˙ += Pᵀ ȳ˙
/// </code>
/// With the dimensions before the axis together as rows and those behind it as elements, the part is one contiguous stretch of every row.
/// </summary>
public sealed record Slice : Operator
{
    private readonly int _rows;
    private readonly int _start;
    private readonly int _length;
    private readonly int _rowLength;

    /// <summary>A slice.</summary>
    /// <param name="input">The shape of a sample's input.</param>
    /// <param name="axis">The dimension that is cut, counted from 0.</param>
    /// <param name="first">The first index that is kept.</param>
    /// <param name="count">How many are kept, at least 1.</param>
    /// <exception cref="NetworkException">There is no such dimension, or no such part of it.</exception>
    public Slice(Shape input, int axis, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<int> dimensions = input.Dimensions.AsSpan();
        Axis.Check("A slice", input, axis);
        if (first < 0 || count < 1 || first > dimensions[axis] - count)
            throw new NetworkException(
                $"A slice of {count} from index {first} on is not part of dimension {axis} of a value of shape {input}; "
                + $"take at least 1 of the indices 0 to {dimensions[axis] - 1}.");
        (Dimension, First) = (axis, first);
        Inputs = [input];
        Output = new Shape([.. dimensions[..axis], count, .. dimensions[(axis + 1)..]]);
        int inner = 1;
        foreach (int dimension in dimensions[(axis + 1)..])
            inner *= dimension;
        (_start, _length, _rowLength) = (first * inner, count * inner, dimensions[axis] * inner);
        _rows = input.Size / _rowLength;
    }

    /// <summary>The dimension that is cut, counted from 0.</summary>
    public int Dimension { get; }

    /// <summary>The first index of it that is kept.</summary>
    public int First { get; }

    /// <inheritdoc/>
    public override string Description => "Slice";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at) => at.Kernels.Copy(at.Samples * _rows, _length, Part(at.Input()), Whole(at.Output), false);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at) => Spread(at, at.Samples, at.OutputAdjoint, at.InputAdjoint());

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Copy(at.Directions * at.Samples * _rows, _length, Part(at.InputTangent()), Whole(at.OutputTangent), false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at) => Spread(at, at.Directions * at.Samples, at.OutputTangentAdjoint, at.InputTangentAdjoint());

    // What no pass needs is empty.
    private void Spread<T>(Frame<T> at, int samples, View<T> from, View<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (to.IsEmpty)
            return;
        if (!at.Accumulates())
            at.Kernels.Fill(to.Length, T.Zero, to);
        at.Kernels.Copy(samples * _rows, _length, Whole(from), Part(to), at.Accumulates());
    }

    private Batch<T> Whole<T>(View<T> output)
        where T : unmanaged
        => new(output, _length);

    private Batch<T> Part<T>(View<T> input)
        where T : unmanaged
        => new(input.Slice(_start, input.Length - _start), _rowLength);
}
