using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = w ⊙ x, where a sample is [rows, elements of w, pixels]: one element of w for each channel (the first dimension of a sample; for a vector each feature is
/// one), or w in every row of the last dimensions. Bilinear in x and w; with ŵ the weights spread over a sample and Σ the sums over samples, rows and pixels,
/// <code>
/// x̄  += ŵ ⊙ ȳ                  w̄  = Σ x ⊙ ȳ
/// ẏ  = ŵ ⊙ ẋ + ŵ˙ ⊙ x
/// x̄˙ += ŵ ⊙ ȳ˙ + ŵ˙ ⊙ ȳ       w̄˙ = Σ x ⊙ ȳ˙ + ẋ ⊙ ȳ
/// </code>
/// Saved are ŵ, and behind it x ⊙ ȳ. The products of the last line need a place of the size of ȳ˙ and take its own:
/// the pass of this node is the last reader of ȳ˙.
/// </summary>
public sealed record Scale : Operator
{
    /// <summary>One element of w for each channel.</summary>
    /// <param name="name">The layer's name, the first part of its parameter's name.</param>
    /// <param name="shape">The shape of a sample's input and output.</param>
    public Scale(string name, Shape shape)
        : this(name, shape, new Shape(shape.Dimensions[0]), rows: 1)
    {
    }

    private Scale(string name, Shape shape, Shape tensor, int rows)
    {
        (Name, Output, Rows) = (name, shape, rows);
        Inputs = [shape];
        Parameters = [new($"{name}.weight", tensor, InitialValue: 1)];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>How many rows a sample has, each of which meets all of w; 1 where an element is a channel's, or w as large as a sample.</summary>
    public int Rows { get; }

    /// <inheritdoc/>
    public override string Description => $"Scale {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <inheritdoc/>
    public override long SavedLength => 2L * Output.Size;

    private int Channels => Parameters[0].Shape.Size;

    private int Pixels => Output.Size / Rows / Channels;

    /// <summary>One element of w for each element of the last dimensions, the parameter being of their shape.</summary>
    /// <param name="name">The layer's name, the first part of its parameter's name.</param>
    /// <param name="shape">The shape of a sample's input and output.</param>
    /// <param name="dimensions">How many dimensions.</param>
    /// <exception cref="NetworkException">There are not so many.</exception>
    public static Scale OnLast(string name, Shape shape, int dimensions)
    {
        Shape last = LastDimensions.Of($"The scale '{name}'", shape, dimensions);
        return new(name, shape, last, shape.Size / last.Size);
    }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override int? BilinearParameter => 0;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Fill(Length(at), T.Zero, Spread(at));
        at.Kernels.AddBias(at.WeightVectors, at.SamplesPerVector * Rows, Channels, Pixels, at.ParameterBatch(0), Spread(at));
        int length = at.OutputBatch.Stride;
        at.Kernels.Multiply(at.WeightVectors, length, new(Spread(at), length), at.InputBatch(), at.Output, false);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        Batch<T> yAdjoint = Batch<T>.Shared(at.OutputAdjoint);
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(Spread(at)), yAdjoint, at.InputAdjoint(), at.Accumulates());
        if (at.ParameterAdjoint(0).IsEmpty)
            return;
        View<T> products = at.Saved.Slice(Length(at), Length(at));
        at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(at.Input()), yAdjoint, products, false);
        at.Kernels.SumToBias(1, at.Samples * Rows, Channels, Pixels, Batch<T>.Shared(products), Batch<T>.Shared(at.ParameterAdjoint(0)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        if (!at.ParameterTangent(0).Data.IsEmpty)
        {
            at.Kernels.AddBias(at.Directions, at.Samples * Rows, Channels, Pixels, at.ParameterTangent(0), at.OutputTangent);
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(at.Input()), new(at.OutputTangent, Length(at)), at.OutputTangent, false);
        }

        if (!at.InputTangent().IsEmpty)
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(Spread(at)), at.InputTangentBatch(), at.OutputTangent, true);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        View<T> workspace = at.OutputTangentAdjoint;
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.Multiply(
                at.Directions, Length(at), Batch<T>.Shared(Spread(at)), at.OutputTangentAdjointBatch, at.InputTangentAdjoint(), at.Accumulates());
        at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(at.Input()), at.OutputTangentAdjointBatch, workspace, false);
        SumWorkspace(at, false);
        if (!at.HasAdjoints)
            return;
        Batch<T> yAdjoint = Batch<T>.Shared(at.OutputAdjoint);
        if (!at.InputTangent().IsEmpty)
        {
            at.Kernels.Multiply(at.Directions, Length(at), yAdjoint, at.InputTangentBatch(), workspace, false);
            SumWorkspace(at, true);
        }

        if (at.ParameterTangent(0).Data.IsEmpty || at.InputTangentAdjoint().IsEmpty)
            return;
        at.Kernels.Fill(workspace.Length, T.Zero, workspace);
        at.Kernels.AddBias(at.Directions, at.Samples * Rows, Channels, Pixels, at.ParameterTangent(0), workspace);
        at.Kernels.Multiply(at.Directions, Length(at), yAdjoint, at.OutputTangentAdjointBatch, at.InputTangentAdjoint(), true);
    }

    private void SumWorkspace<T>(Frame<T> at, bool accumulate)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Kernels.SumToBias(at.Directions, at.Samples * Rows, Channels, Pixels, at.OutputTangentAdjointBatch, at.ParameterTangentAdjoint(0), accumulate);

    // ŵ, [S, shape].
    private View<T> Spread<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(0, Length(at));

    private int Length<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Samples * Output.Size;
}
