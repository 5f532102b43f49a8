using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = w ∗ x + b, a two-dimensional cross-correlation as PyTorch's Conv2d. Bilinear in x and w: with ∗ᵀ for its transpose in x and ⋆ for its transpose in w,
/// <code>
/// x̄  = w ∗ᵀ ȳ                 w̄  = Σ_s x ⋆ ȳ             b̄  = Σ_s Σ_pixels ȳ
/// ẏ  = w ∗ ẋ + ẇ ∗ x + ḃ
/// x̄˙ = w ∗ᵀ ȳ˙ + ẇ ∗ᵀ ȳ      w̄˙ = Σ_s x ⋆ ȳ˙ + ẋ ⋆ ȳ   b̄˙ = Σ_s Σ_pixels ȳ˙
/// </code>
/// A one-hot direction at w[o, c, p, q] has in channel o the input's channel c (of the group of o) shifted by (p, q), and zeros elsewhere: a copy.
/// With G groups the channels fall into G convolutions side by side, each bilinear in its own part of x and w, so that all of this holds for each.
/// </summary>
public sealed record Convolution : Operator
{
    private const int Weight = 0;
    private const int Bias = 1;

    /// <summary>A convolution.</summary>
    /// <param name="name">The layer's name, the first part of its parameters' names.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="hasBias">Whether b is there; else it counts as 0.</param>
    /// <exception cref="NetworkException">There is no channel or no element of the kernel, or the kernel is larger than the padded image.</exception>
    public Convolution(string name, ConvolutionShape shape, bool hasBias = true)
    {
        Name = name;
        Shape = shape;
        HasBias = hasBias;
        if (shape.OutputChannels < 1 || shape.KernelHeight < 1 || shape.KernelWidth < 1)
            throw new NetworkException($"The convolution '{name}' has a size that is not possible: channels and kernel must be at least 1; got {shape}.");
        if (shape.OutputHeight < 1 || shape.OutputWidth < 1)
            throw new NetworkException($"The kernel of the convolution '{name}' does not fit on its input: {shape}; take a smaller kernel or more padding.");
        Inputs = [new Shape(shape.InputChannels, shape.InputHeight, shape.InputWidth)];
        Output = new Shape(shape.OutputChannels, shape.OutputHeight, shape.OutputWidth);
        Parameters =
        [
            new($"{name}.weight", new Shape(shape.OutputChannels, shape.FilterChannels, shape.KernelHeight, shape.KernelWidth), InitialValue: null),
            .. hasBias ? [new($"{name}.bias", new Shape(shape.OutputChannels), InitialValue: 0)] : Array.Empty<ParameterTensor>(),
        ];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>Sizes of image and kernel.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Whether b is there.</summary>
    public bool HasBias { get; }

    /// <inheritdoc/>
    public override string Description => $"Convolution {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    private int OutputPlane => Shape.OutputHeight * Shape.OutputWidth;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override int? BilinearParameter => Weight;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Convolve(at.WeightVectors, at.SamplesPerVector, Shape, at.InputBatch(), at.ParameterBatch(Weight), at.Output, false);
        if (HasBias)
            at.Kernels.AddBias(at.WeightVectors, at.SamplesPerVector, Shape.OutputChannels, OutputPlane, at.ParameterBatch(Bias), at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        Batch<T> yAdjoint = Batch<T>.Shared(at.OutputAdjoint);
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.ConvolveInputAdjoint(1, at.Samples, Shape, yAdjoint, Batch<T>.Shared(at.Parameter(Weight)), at.InputAdjoint(), at.Accumulates());
        if (at.ParameterAdjoint(Weight).IsEmpty)
            return;
        at.Kernels.ConvolveWeightAdjoint(1, at.Samples, Shape, Batch<T>.Shared(at.Input()), yAdjoint, Batch<T>.Shared(at.ParameterAdjoint(Weight)), false);
        if (HasBias)
            at.Kernels.SumToBias(1, at.Samples, Shape.OutputChannels, OutputPlane, yAdjoint, Batch<T>.Shared(at.ParameterAdjoint(Bias)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        var ofInput = new ConvolutionTerm<T>(at.InputTangentBatch(), Batch<T>.Shared(at.Parameter(Weight)));
        var ofWeight = new ConvolutionTerm<T>(Batch<T>.Shared(at.Input()), at.ParameterTangent(Weight));
        bool hasInput = !at.InputTangent().IsEmpty, hasWeight = !at.ParameterTangent(Weight).Data.IsEmpty;
        if (hasInput && hasWeight)
            at.Kernels.ConvolveTwo(at.Directions, at.Samples, Shape, ofInput, ofWeight, at.OutputTangent);
        else if (hasInput)
            at.Kernels.Convolve(at.Directions, at.Samples, Shape, ofInput.Images, ofInput.Weights, at.OutputTangent, false);
        else if (hasWeight)
            at.Kernels.Convolve(at.Directions, at.Samples, Shape, ofWeight.Images, ofWeight.Weights, at.OutputTangent, false);
        else
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        if (HasBias && !at.ParameterTangent(Bias).Data.IsEmpty)
            at.Kernels.AddBias(at.Directions, at.Samples, Shape.OutputChannels, OutputPlane, at.ParameterTangent(Bias), at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        Batch<T> yTangentAdjoint = at.OutputTangentAdjointBatch;
        Batch<T> yAdjoint = Batch<T>.Shared(at.OutputAdjoint);
        if (!at.InputTangentAdjoint().IsEmpty)
            InputTangentAdjoint(at, yTangentAdjoint, yAdjoint);
        at.Kernels.ConvolveWeightAdjoint(
            at.Directions, at.Samples, Shape, Batch<T>.Shared(at.Input()), yTangentAdjoint, at.ParameterTangentAdjoint(Weight), false);
        if (at.HasAdjoints && !at.InputTangent().IsEmpty)
            at.Kernels.ConvolveWeightAdjoint(at.Directions, at.Samples, Shape, at.InputTangentBatch(), yAdjoint, at.ParameterTangentAdjoint(Weight), true);
        if (HasBias)
            at.Kernels.SumToBias(at.Directions, at.Samples, Shape.OutputChannels, OutputPlane, yTangentAdjoint, at.ParameterTangentAdjoint(Bias), false);
    }

    private void InputTangentAdjoint<T>(Frame<T> at, Batch<T> yTangentAdjoint, Batch<T> yAdjoint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ofOutput = new ConvolutionTerm<T>(yTangentAdjoint, Batch<T>.Shared(at.Parameter(Weight)));
        var ofWeight = new ConvolutionTerm<T>(yAdjoint, at.ParameterTangent(Weight));
        if (at.HasAdjoints && !at.ParameterTangent(Weight).Data.IsEmpty)
            at.Kernels.ConvolveTwoInputAdjoints(at.Directions, at.Samples, Shape, ofOutput, ofWeight, at.InputTangentAdjoint(), at.Accumulates());
        else
            at.Kernels.ConvolveInputAdjoint(
                at.Directions, at.Samples, Shape, ofOutput.Images, ofOutput.Weights, at.InputTangentAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public override bool CopiesInput(int parameter) => parameter == Weight;

    /// <inheritdoc/>
    public override void CopiedInputs(int parameter, int element, Span<int> sources)
    {
        ConvolutionShape shape = Shape;
        int q = element % shape.KernelWidth;
        int p = element / shape.KernelWidth % shape.KernelHeight;
        int o = element / shape.FilterSize;
        int c = shape.FirstChannel(o) + (element / (shape.KernelWidth * shape.KernelHeight) % shape.FilterChannels);
        sources.Fill(-1);
        Span<int> channel = sources.Slice(o * OutputPlane, OutputPlane);
        for (int i = 0; i < shape.OutputHeight; i++)
        {
            int y = (i * shape.RowStride) + (p * shape.RowDilation) - shape.Top;
            Span<int> row = channel.Slice(i * shape.OutputWidth, shape.OutputWidth);
            if ((uint)y < (uint)shape.InputHeight)
                CopiedRow(shape, (q * shape.ColumnDilation) - shape.Left, ((c * shape.InputHeight) + y) * shape.InputWidth, row);
        }
    }

    // x: the pixel of the input's row that the first output copies, which may lie outside.
    private static void CopiedRow(in ConvolutionShape shape, int x, int start, Span<int> row)
    {
        for (int j = 0; j < row.Length; j++, x += shape.ColumnStride)
        {
            if ((uint)x < (uint)shape.InputWidth)
                row[j] = start + x;
        }
    }
}
