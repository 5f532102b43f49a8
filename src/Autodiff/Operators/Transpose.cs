using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = P x with the permutation P of a sample's elements that puts dimension axes[k] of x in place k: y[i₀, i₁, …] = x at i_k along dimension axes[k].
/// PyTorch's permute and NumPy's transpose.
/// <code>
/// x̄ += Pᵀ ȳ        ẏ = P ẋ        x̄˙ += Pᵀ ȳ˙
/// </code>
/// Every pass gathers or scatters by the same indices, which all samples share.
/// </summary>
public sealed record Transpose : Operator
{
    /// <summary>A transposition.</summary>
    /// <param name="input">The shape of a sample's input.</param>
    /// <param name="axes">Which dimension of the input, counted from 0, becomes each of the output's.</param>
    /// <exception cref="NetworkException">The axes are not the input's dimensions, each once.</exception>
    public Transpose(Shape input, params ImmutableArray<int> axes)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, input.Dimensions.Length)))
            throw new NetworkException(
                $"A transposition of a value of shape {input} takes the axes 0 to {input.Dimensions.Length - 1}, each once; got [{string.Join(", ", axes)}].");
        Axes = axes;
        Inputs = [input];
        Output = new Shape([.. axes.Select(axis => input.Dimensions[axis])]);
        FixedIndices = Sources(input, axes);
    }

    /// <summary>Which dimension of the input becomes each of the output's.</summary>
    public ImmutableArray<int> Axes { get; }

    /// <inheritdoc/>
    public override string Description => $"Transpose [{string.Join(", ", Axes)}]";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <summary>For each element of the output where in the input it is taken from.</summary>
    public override ImmutableArray<int> FixedIndices { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.Gather(Selection(at.WeightVectors, at.SamplesPerVector), at.FixedIndices, at.InputBatch(), at.Output);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.ScatterAdd(Selection(1, at.Samples), at.FixedIndices, Batch<T>.Shared(at.OutputAdjoint), at.InputAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Gather(Selection(at.Directions, at.Samples), at.FixedIndices, at.InputTangentBatch(), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.ScatterAdd(
                Selection(at.Directions, at.Samples), at.FixedIndices, at.OutputTangentAdjointBatch, at.InputTangentAdjoint(), at.Accumulates());
    }

    private static ImmutableArray<int> Sources(Shape input, ImmutableArray<int> axes)
    {
        int[] strides = new int[axes.Length];
        for (int axis = strides.Length - 1, stride = 1; axis >= 0; stride *= input.Dimensions[axis--])
            strides[axis] = stride;
        int[] sources = [0];
        foreach (int axis in axes)
            sources = [.. sources.SelectMany(_ => Enumerable.Range(0, input.Dimensions[axis]), (first, i) => first + (i * strides[axis]))];
        return [.. sources];
    }

    private GatherShape Selection(int entries, int samples) => new(entries, samples, Output.Size, Output.Size, IndexEntryStride: 0, IndexRowStride: 0);
}
