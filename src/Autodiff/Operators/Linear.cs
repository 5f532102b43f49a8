using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = W x + b on the last dimension of a value, W of shape [outputs, inputs]: every row x of a value [.., F] for itself, as PyTorch's Linear.
/// Bilinear in x and W, so all passes are products; with Σ over the rows of all samples:
/// <code>
/// x̄  = Wᵀ ȳ                  W̄  = Σ ȳ xᵀ              b̄  = Σ ȳ
/// ẏ  = W ẋ + Ẇ x + ḃ
/// x̄˙ = Wᵀ ȳ˙ + Ẇᵀ ȳ         W̄˙ = Σ ȳ˙ xᵀ + ȳ ẋᵀ     b̄˙ = Σ ȳ˙
/// </code>
/// The rows are those of the matrices, so that y = x Wᵀ. A one-hot direction at W[c, j] has ẏ[c] = x[j] and zeros in every row: a copy.
/// Where a sample has several rows, its loss has a second derivative between them, and W's own block is no sum of x_s x_sᵀ.
/// </summary>
public sealed record Linear : Operator
{
    private const int Weight = 0;
    private const int Bias = 1;

    /// <summary>A linear layer on vectors.</summary>
    /// <param name="name">The layer's name, the first part of its parameters' names.</param>
    /// <param name="inputs">F, inputs of a sample.</param>
    /// <param name="outputs">C, outputs of a sample.</param>
    /// <param name="hasBias">Whether b is there; else it counts as 0.</param>
    /// <exception cref="NetworkException">There are no inputs or no outputs.</exception>
    public Linear(string name, int inputs, int outputs, bool hasBias = true)
        : this(name, new Shape(inputs), outputs, hasBias)
    {
    }

    /// <summary>A linear layer on the last dimension of a value.</summary>
    /// <param name="name">The layer's name, the first part of its parameters' names.</param>
    /// <param name="input">The shape of a sample's input, [.., F].</param>
    /// <param name="outputs">C, outputs of a row.</param>
    /// <param name="hasBias">Whether b is there; else it counts as 0.</param>
    /// <exception cref="NetworkException">There are no outputs.</exception>
    public Linear(string name, Shape input, int outputs, bool hasBias = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        (Name, InputCount, OutputCount, HasBias) = (name, input.Dimensions[^1], outputs, hasBias);
        Inputs = [input];
        Output = new Shape([.. input.Dimensions.AsSpan()[..^1], outputs]);
        Parameters =
        [
            new($"{name}.weight", new Shape(outputs, InputCount), InitialValue: null),
            .. hasBias ? [new($"{name}.bias", new Shape(outputs), InitialValue: 0)] : Array.Empty<ParameterTensor>(),
        ];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>F, inputs of a row.</summary>
    public int InputCount { get; }

    /// <summary>C, outputs of a row.</summary>
    public int OutputCount { get; }

    /// <summary>Whether b is there.</summary>
    public bool HasBias { get; }

    /// <summary>Rows of a sample.</summary>
    public int RowCount => Inputs[0].Size / InputCount;

    /// <inheritdoc/>
    public override string Description => $"Linear {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override int? BilinearParameter => Weight;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        int rows = at.SamplesPerVector * RowCount;
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
        int rows = at.Samples * RowCount;
        MatrixBatch<T> yAdjoint = Rows(at.OutputAdjoint, rows, OutputCount);
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.MatrixProduct(1, yAdjoint, Weights(at.Parameter(Weight)), Rows(at.InputAdjoint(), rows, InputCount), at.Accumulates());
        if (at.ParameterAdjoint(Weight).IsEmpty)
            return;
        at.Kernels.MatrixProduct(1, yAdjoint.Transpose(), Rows(at.Input(), rows, InputCount), Weights(at.ParameterAdjoint(Weight)), false);
        if (HasBias)
            at.Kernels.SumToBias(1, rows, OutputCount, 1, Batch<T>.Shared(at.OutputAdjoint), Batch<T>.Shared(at.ParameterAdjoint(Bias)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        int rows = at.Samples * RowCount;
        MatrixBatch<T> yTangent = Rows(at.OutputTangent, rows, OutputCount, rows * OutputCount);
        bool written = false;
        if (!at.InputTangent().IsEmpty)
        {
            MatrixBatch<T> xTangent = Rows(at.InputTangent(), rows, InputCount, rows * InputCount);
            at.Kernels.MatrixProduct(at.Directions, xTangent, Weights(at.Parameter(Weight)).Transpose(), yTangent, false);
            written = true;
        }

        if (!at.ParameterTangent(Weight).Data.IsEmpty)
        {
            at.Kernels.MatrixProduct(
                at.Directions, Rows(at.Input(), rows, InputCount), Weights(at.ParameterTangent(Weight)).Transpose(), yTangent, written);
            written = true;
        }

        if (!written)
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        if (HasBias && !at.ParameterTangent(Bias).Data.IsEmpty)
            at.Kernels.AddBias(at.Directions, rows, OutputCount, 1, at.ParameterTangent(Bias), at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        int rows = at.Samples * RowCount;
        MatrixBatch<T> yTangentAdjoint = Rows(at.OutputTangentAdjoint, rows, OutputCount, rows * OutputCount);
        MatrixBatch<T> yAdjoint = Rows(at.OutputAdjoint, rows, OutputCount);
        if (!at.InputTangentAdjoint().IsEmpty)
        {
            MatrixBatch<T> xTangentAdjoint = Rows(at.InputTangentAdjoint(), rows, InputCount, rows * InputCount);
            at.Kernels.MatrixProduct(at.Directions, yTangentAdjoint, Weights(at.Parameter(Weight)), xTangentAdjoint, at.Accumulates());
            if (at.HasAdjoints && !at.ParameterTangent(Weight).Data.IsEmpty)
                at.Kernels.MatrixProduct(at.Directions, yAdjoint, Weights(at.ParameterTangent(Weight)), xTangentAdjoint, true);
        }

        MatrixBatch<T> wTangentAdjoint = Weights(at.ParameterTangentAdjoint(Weight));
        at.Kernels.MatrixProduct(at.Directions, yTangentAdjoint.Transpose(), Rows(at.Input(), rows, InputCount), wTangentAdjoint, false);
        if (at.HasAdjoints && !at.InputTangent().IsEmpty)
            at.Kernels.MatrixProduct(
                at.Directions, yAdjoint.Transpose(), Rows(at.InputTangent(), rows, InputCount, rows * InputCount), wTangentAdjoint, true);
        if (HasBias)
            at.Kernels.SumToBias(at.Directions, rows, OutputCount, 1, at.OutputTangentAdjointBatch, at.ParameterTangentAdjoint(Bias), false);
    }

    /// <inheritdoc/>
    public override bool MultipliesInput(int parameter) => RowCount == 1 && parameter == Weight;

    /// <inheritdoc/>
    public override bool IsAddedToOutput(int parameter) => RowCount == 1 && HasBias && parameter == Bias;

    /// <inheritdoc/>
    public override bool CopiesInput(int parameter) => parameter == Weight;

    /// <inheritdoc/>
    public override void CopiedInputs(int parameter, int element, Span<int> sources)
    {
        sources.Fill(-1);
        (int output, int input) = Math.DivRem(element, InputCount);
        for (int row = 0; row < RowCount; row++)
            sources[(row * OutputCount) + output] = (row * InputCount) + input;
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
