using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = W x + b, W of shape [outputs, inputs]. Bilinear in x and W, so all passes are products:
/// <code>
/// x̄  = Wᵀ ȳ                  W̄  = Σ_s ȳ xᵀ              b̄  = Σ_s ȳ
/// ẏ  = W ẋ + Ẇ x + ḃ
/// x̄˙ = Wᵀ ȳ˙ + Ẇᵀ ȳ         W̄˙ = Σ_s ȳ˙ xᵀ + ȳ ẋᵀ     b̄˙ = Σ_s ȳ˙
/// </code>
/// Samples are the rows of the matrices, so that y = x Wᵀ. A one-hot direction at W[c, j] has ẏ[c] = x[j] and zeros: a copy.
/// </summary>
/// <param name="Name">The layer's name, the first part of its parameters' names.</param>
/// <param name="InputCount">F, inputs of a sample.</param>
/// <param name="OutputCount">C, outputs of a sample.</param>
/// <param name="HasBias">Whether b is there; else it counts as 0.</param>
public sealed record Linear(string Name, int InputCount, int OutputCount, bool HasBias = true) : Operator
{
    private const int Weight = 0;
    private const int Bias = 1;

    /// <inheritdoc/>
    public override string Description => $"Linear {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [new(InputCount)];

    /// <inheritdoc/>
    public override Shape Output { get; } = new(OutputCount);

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; } =
    [
        new($"{Name}.weight", new Shape(OutputCount, InputCount), InitialValue: null),
        .. HasBias ? [new($"{Name}.bias", new Shape(OutputCount), InitialValue: 0)] : Array.Empty<ParameterTensor>(),
    ];

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override int? BilinearParameter => Weight;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        int rows = at.SamplesPerVector;
        Batch<T> x = at.InputBatch();
        at.Kernels.MatrixProduct(
            at.WeightVectors,
            Rows(x.Data, rows, InputCount, x.Stride),
            Weights(at.ParameterBatch(Weight)).Transpose(),
            Rows(at.Output, rows, OutputCount, rows * OutputCount),
            false);
        if (HasBias)
            at.Kernels.AddBias(at.WeightVectors, rows, OutputCount, 1, at.ParameterBatch(Bias), at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        MatrixBatch<T> yAdjoint = Rows(at.OutputAdjoint, at.Samples, OutputCount);
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.MatrixProduct(1, yAdjoint, Weights(at.Parameter(Weight)), Rows(at.InputAdjoint(), at.Samples, InputCount), at.Accumulates());
        at.Kernels.MatrixProduct(1, yAdjoint.Transpose(), Rows(at.Input(), at.Samples, InputCount), Weights(at.ParameterAdjoint(Weight)), false);
        if (HasBias)
            at.Kernels.SumToBias(1, at.Samples, OutputCount, 1, Batch<T>.Shared(at.OutputAdjoint), Batch<T>.Shared(at.ParameterAdjoint(Bias)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        MatrixBatch<T> yTangent = Rows(at.OutputTangent, at.Samples, OutputCount, at.Samples * OutputCount);
        bool written = false;
        if (!at.InputTangent().IsEmpty)
        {
            MatrixBatch<T> xTangent = Rows(at.InputTangent(), at.Samples, InputCount, at.Samples * InputCount);
            at.Kernels.MatrixProduct(at.Directions, xTangent, Weights(at.Parameter(Weight)).Transpose(), yTangent, false);
            written = true;
        }

        if (!at.ParameterTangent(Weight).Data.IsEmpty)
        {
            at.Kernels.MatrixProduct(
                at.Directions, Rows(at.Input(), at.Samples, InputCount), Weights(at.ParameterTangent(Weight)).Transpose(), yTangent, written);
            written = true;
        }

        if (!written)
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        if (HasBias && !at.ParameterTangent(Bias).Data.IsEmpty)
            at.Kernels.AddBias(at.Directions, at.Samples, OutputCount, 1, at.ParameterTangent(Bias), at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        MatrixBatch<T> yTangentAdjoint = Rows(at.OutputTangentAdjoint, at.Samples, OutputCount, at.Samples * OutputCount);
        MatrixBatch<T> yAdjoint = Rows(at.OutputAdjoint, at.Samples, OutputCount);
        if (!at.InputTangentAdjoint().IsEmpty)
        {
            MatrixBatch<T> xTangentAdjoint = Rows(at.InputTangentAdjoint(), at.Samples, InputCount, at.Samples * InputCount);
            at.Kernels.MatrixProduct(at.Directions, yTangentAdjoint, Weights(at.Parameter(Weight)), xTangentAdjoint, at.Accumulates());
            if (at.HasAdjoints && !at.ParameterTangent(Weight).Data.IsEmpty)
                at.Kernels.MatrixProduct(at.Directions, yAdjoint, Weights(at.ParameterTangent(Weight)), xTangentAdjoint, true);
        }

        MatrixBatch<T> wTangentAdjoint = Weights(at.ParameterTangentAdjoint(Weight));
        at.Kernels.MatrixProduct(at.Directions, yTangentAdjoint.Transpose(), Rows(at.Input(), at.Samples, InputCount), wTangentAdjoint, false);
        if (at.HasAdjoints && !at.InputTangent().IsEmpty)
            at.Kernels.MatrixProduct(
                at.Directions, yAdjoint.Transpose(), Rows(at.InputTangent(), at.Samples, InputCount, at.Samples * InputCount), wTangentAdjoint, true);
        if (HasBias)
            at.Kernels.SumToBias(at.Directions, at.Samples, OutputCount, 1, at.OutputTangentAdjointBatch, at.ParameterTangentAdjoint(Bias), false);
    }

    /// <inheritdoc/>
    public override bool MultipliesInput(int parameter) => parameter == Weight;

    /// <inheritdoc/>
    public override bool IsAddedToOutput(int parameter) => HasBias && parameter == Bias;

    /// <inheritdoc/>
    public override bool CopiesInput(int parameter) => parameter == Weight;

    /// <inheritdoc/>
    public override void CopiedInputs(int parameter, int element, Span<int> sources)
    {
        sources.Fill(-1);
        sources[element / InputCount] = element % InputCount;
    }

    private static MatrixBatch<T> Rows<T>(View<T> data, int rows, int columns, int batchStride = 0)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(data, rows, columns, batchStride);

    private MatrixBatch<T> Weights<T>(View<T> data)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(data, OutputCount, InputCount);

    private MatrixBatch<T> Weights<T>(Batch<T> batch)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(batch.Data, OutputCount, InputCount, batch.Stride);
}
