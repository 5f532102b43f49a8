using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = [x₁, x₂, …], one behind the other along the first dimension of a sample (the channels of images). Each input is a block Pᵢ of the output:
/// <code>
/// y = Σ Pᵢ xᵢ        x̄ᵢ += Pᵢᵀ ȳ        ẏ = Σ Pᵢ ẋᵢ        x̄˙ᵢ += Pᵢᵀ ȳ˙
/// </code>
/// A sample is stored row by row, so a block is one contiguous stretch of it.
/// </summary>
public sealed record Concatenation : Operator
{
    /// <summary>A concatenation.</summary>
    /// <param name="inputs">The shapes of a sample's inputs, at least two, alike in all dimensions but the first.</param>
    /// <exception cref="NetworkException">They differ in another dimension, or there are fewer than two.</exception>
    public Concatenation(params IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 2)
            throw new NetworkException($"A concatenation needs at least 2 inputs; got {inputs.Count}.");
        foreach (Shape input in inputs)
        {
            if (!input.Dimensions.AsSpan()[1..].SequenceEqual(inputs[0].Dimensions.AsSpan()[1..]))
                throw new NetworkException($"A concatenation joins the first dimension, all others must agree; got the shapes {string.Join(", ", inputs)}.");
        }

        Inputs = inputs;
        Output = new Shape([Joined(inputs), .. inputs[0].Dimensions.AsSpan()[1..]]);
    }

    /// <inheritdoc/>
    public override string Description => "Concatenation";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        for (int i = 0, start = 0; i < Inputs.Count; start += Inputs[i++].Size)
        {
            // An input that does not depend on the weights is there once for all weight vectors.
            Batch<T> x = at.InputBatch(i);
            for (int vector = 0; vector < at.WeightVectors; vector++)
            {
                View<T> block = x.Data.Slice(vector * x.Stride, at.SamplesPerVector * Inputs[i].Size);
                at.Kernels.Copy(
                    at.SamplesPerVector, Inputs[i].Size, new(block, Inputs[i].Size), Block(at.Output, (vector * at.OutputBatch.Stride) + start), false);
            }
        }
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        for (int i = 0, start = 0; i < Inputs.Count; start += Inputs[i++].Size)
        {
            if (!at.InputAdjoint(i).IsEmpty)
                at.Kernels.Copy(at.Samples, Inputs[i].Size, Block(at.OutputAdjoint, start), new(at.InputAdjoint(i), Inputs[i].Size), at.Accumulates(i));
        }
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        // Blocks of inputs that do not change stay zero.
        at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        for (int i = 0, start = 0; i < Inputs.Count; start += Inputs[i++].Size)
        {
            if (!at.InputTangent(i).IsEmpty)
                at.Kernels.Copy(at.Directions * at.Samples, Inputs[i].Size, new(at.InputTangent(i), Inputs[i].Size), Block(at.OutputTangent, start), false);
        }
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        for (int i = 0, start = 0; i < Inputs.Count; start += Inputs[i++].Size)
        {
            if (!at.InputTangentAdjoint(i).IsEmpty)
            {
                Batch<T> input = new(at.InputTangentAdjoint(i), Inputs[i].Size);
                at.Kernels.Copy(at.Directions * at.Samples, Inputs[i].Size, Block(at.OutputTangentAdjoint, start), input, at.Accumulates(i));
            }
        }
    }

    // One block of every sample: strides of whole samples, from the block's beginning.
    private Batch<T> Block<T>(View<T> whole, int start)
        where T : unmanaged
        => new(whole.Slice(start, whole.Length - start), Output.Size);

    private static int Joined(IReadOnlyList<Shape> inputs)
    {
        long sum = inputs.Sum(input => (long)input.Dimensions[0]);
        return sum <= int.MaxValue
            ? (int)sum
            : throw new NetworkException($"A concatenation would be {sum} long in its first dimension; at most {int.MaxValue} are possible.");
    }
}
