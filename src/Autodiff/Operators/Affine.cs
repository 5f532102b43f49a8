using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = a ⊙ x + b with constants a and b, which no parameter and no sample changes:
/// <code>
/// x̄ += a ⊙ ȳ        ẏ = a ⊙ ẋ        x̄˙ += a ⊙ ȳ˙
/// </code>
/// b stands in no derivative, so that one of −∞, as a mask has it, makes none that is not a number. A factor of 1 is not multiplied, a shift of 0 not added.
/// </summary>
public record Affine : Operator
{
    private readonly bool _multiplies;
    private readonly bool _shifts;

    /// <summary>An affine map.</summary>
    /// <param name="shape">The shape of a sample's input and output.</param>
    /// <param name="scale">a; all ones if left out.</param>
    /// <param name="shift">b; all zeros if left out.</param>
    /// <exception cref="NetworkException">A constant's shape is not one that NumPy broadcasts to the sample's, or an a is not finite.</exception>
    public Affine(Shape shape, ConstantTensor? scale = null, ConstantTensor? shift = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Output = shape;
        Inputs = [shape];
        Factors = scale?.BroadcastTo(shape) ?? [];
        Shifts = shift?.BroadcastTo(shape) ?? [];
        if (Factors.FirstOrDefault(factor => !double.IsFinite(factor)) is var fault && !double.IsFinite(fault))
            throw new NetworkException($"An affine map multiplies by finite numbers; its scale has {fault} in it.");
        if (Shifts.Contains(double.NaN))
            throw new NetworkException("An affine map's shift has a NaN in it; give numbers, or infinities where a value is masked.");
        (_multiplies, _shifts) = (Factors.Any(factor => factor != 1), Shifts.Any(value => value != 0));
        Constants = [.. _multiplies ? Factors : [], .. _shifts ? Shifts : []];
    }

    /// <summary>a of each element of a sample; empty where it is 1.</summary>
    public ImmutableArray<double> Factors { get; }

    /// <summary>b of each element of a sample; empty where it is 0.</summary>
    public ImmutableArray<double> Shifts { get; }

    /// <inheritdoc/>
    public override string Description => "Affine";

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public sealed override Shape Output { get; }

    /// <inheritdoc/>
    public sealed override ImmutableArray<double> Constants { get; }

    /// <inheritdoc/>
    public sealed override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public sealed override bool IsPositivelyHomogeneous => !_shifts;

    /// <inheritdoc/>
    public sealed override bool ActsInPlace => true;

    /// <inheritdoc/>
    public sealed override void Forward<T>(Frame<T> at)
    {
        Apply(at, at.Samples, at.Input(), at.Output, false);
        if (_shifts)
            at.Kernels.Copy(at.Samples, Output.Size, Batch<T>.Shared(at.Constants.Slice(Constants.Length - Output.Size, Output.Size)), Rows(at.Output), true);
    }

    /// <inheritdoc/>
    public sealed override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            Apply(at, at.Samples, at.OutputAdjoint, at.InputAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public sealed override void Tangent<T>(Frame<T> at) => Apply(at, at.Directions * at.Samples, at.InputTangent(), at.OutputTangent, false);

    /// <inheritdoc/>
    public sealed override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            Apply(at, at.Directions * at.Samples, at.OutputTangentAdjoint, at.InputTangentAdjoint(), at.Accumulates());
    }

    // z = a ⊙ v, or z += a ⊙ v, for as many rows of a sample's shape; z and v may be one place.
    private void Apply<T>(Frame<T> at, int rows, View<T> v, View<T> z, bool accumulate)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (_multiplies)
            at.Kernels.Multiply(rows, Output.Size, Batch<T>.Shared(at.Constants.Slice(0, Output.Size)), Rows(v), z, accumulate);
        else
            Passing.Pass(at, v, z, accumulate);
    }

    private Batch<T> Rows<T>(View<T> data)
        where T : unmanaged
        => new(data, Output.Size);
}
