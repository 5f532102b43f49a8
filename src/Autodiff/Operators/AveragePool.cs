using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y_o = (1/k) Σ of the window o of k pixels, those that lie outside of the image counted as zeros (PyTorch's count_include_pad).
/// It is a convolution of each channel for itself with a filter A of equal weights 1/k, so that every pass is that convolution or its transpose:
/// <code>
/// y = A x        x̄ += Aᵀ ȳ        ẏ = A ẋ        x̄˙ += Aᵀ ȳ˙
/// </code>
/// The channels of a sample lie one behind the other, so they are simply more images of one channel.
/// </summary>
public sealed record AveragePool : Operator
{
    /// <summary>An average-pool.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="NetworkException">A size is not possible, or the image is smaller than a window.</exception>
    public AveragePool(PoolingShape shape)
    {
        Pooling.Check("Average-pool", shape);
        Shape = shape;
        Filter = Sized.Of(
            "The average-pool", () => new ConvolutionShape(1, shape.InputHeight, shape.InputWidth, 1, shape.Rows, shape.Columns));
        Inputs = [new Shape(shape.Channels, shape.InputHeight, shape.InputWidth)];
        Output = new Shape(shape.Channels, shape.OutputHeight, shape.OutputWidth);
    }

    /// <summary>Sizes of image and window.</summary>
    public PoolingShape Shape { get; }

    /// <inheritdoc/>
    public override string Description => "AveragePool";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <summary>The filter A: the forward pass writes it once for all samples.</summary>
    public override long SavedLength => Filter.WeightSize;

    private ConvolutionShape Filter { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Fill(Filter.WeightSize, T.One / T.CreateTruncating(Filter.WeightSize), at.Saved);
        at.Kernels.Convolve(1, at.Samples * Shape.Channels, Filter, Batch<T>.Shared(at.Input()), Weights(at), at.Output, false);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.ConvolveInputAdjoint(
                1, at.Samples * Shape.Channels, Filter, Batch<T>.Shared(at.OutputAdjoint), Weights(at), at.InputAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Convolve(at.Directions, at.Samples * Shape.Channels, Filter, at.InputTangentBatch(), Weights(at), at.OutputTangent, false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.ConvolveInputAdjoint(
                at.Directions, at.Samples * Shape.Channels, Filter, at.OutputTangentAdjointBatch, Weights(at), at.InputTangentAdjoint(), at.Accumulates());
    }

    /// <summary>
    /// What makes of these means those of the pixels that count, k over their number; null where all windows have all k. Behind the padding no pixel counts,
    /// in it one does or does not.
    /// </summary>
    /// <param name="countPadding">Whether the padding counts.</param>
    public ConstantTensor? Correction(bool countPadding)
    {
        int[] rows = Counts(Shape.Rows, Shape.InputHeight, Shape.OutputHeight, countPadding);
        int[] columns = Counts(Shape.Columns, Shape.InputWidth, Shape.OutputWidth, countPadding);
        double all = Filter.WeightSize;
        return rows.All(count => count == Shape.Rows.Size) && columns.All(count => count == Shape.Columns.Size)
            ? null
            : new(new Shape(rows.Length, columns.Length), [.. rows.SelectMany(row => columns.Select(column => all / ((double)row * column)))]);
    }

    // The pixels of each window that count, along one side.
    private static int[] Counts(Window window, int input, int outputs, bool countPadding)
    {
        int first = countPadding ? -window.Before : 0, end = countPadding ? input + window.After : input;
        return [.. Enumerable.Range(0, outputs).Select(o => Enumerable.Range(0, window.Size).Count(
            p => (o * window.Stride) - window.Before + (p * window.Dilation) is var pixel && pixel >= first && pixel < end))];
    }

    private static Batch<T> Weights<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => Batch<T>.Shared(at.Saved);
}
