using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = x with all elements in one dimension; every pass is a copy.</summary>
/// <param name="Shape">The shape of a sample's input.</param>
public sealed record Flatten(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => "Flatten";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output { get; } = new(Shape.Size);

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at) => at.Kernels.Copy(at.Output.Length, at.Input(), at.Output);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at) => Pass(at, at.OutputAdjoint, at.InputAdjoint());

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at) => at.Kernels.Copy(at.OutputTangent.Length, at.InputTangent(), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at) => Pass(at, at.OutputTangentAdjoint, at.InputTangentAdjoint());

    private static void Pass<T>(Frame<T> at, View<T> from, View<T> to)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (at.Accumulates())
            at.Kernels.Axpy(to.Length, T.One, from, to);
        else
            at.Kernels.Copy(to.Length, from, to);
    }
}
