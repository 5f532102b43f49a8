using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y_t = E[x_t], row x_t of a table E [vocabulary, width] for each token x_t, a whole number: PyTorch's Embedding. With the one-hot rows O of the tokens,
/// <code>
/// y = O E        Ē = Oᵀ ȳ        ẏ = O Ė        Ē˙ = Oᵀ ȳ˙
/// </code>
/// products like any other, so that rows of E that several tokens name are summed in a fixed order. A token is data and has no derivative.
/// </summary>
/// <param name="Name">The layer's name, the first part of its parameter's name.</param>
/// <param name="Tokens">The shape of a sample's tokens.</param>
/// <param name="Vocabulary">How many tokens there are, numbered from 0.</param>
/// <param name="Width">Elements of a row of E.</param>
public sealed record Embedding(string Name, Shape Tokens, int Vocabulary, int Width) : Operator
{
    /// <summary>The largest whole number up to which single precision has all.</summary>
    public const int LargestVocabulary = 1 << 24;

    /// <inheritdoc/>
    public override string Description => $"Embedding {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Tokens];

    /// <inheritdoc/>
    public override Shape Output { get; } = new([.. Tokens.Dimensions, Width]);

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new($"{Name}.weight", new Shape(Vocabulary, Width), InitialValue: null)];

    /// <inheritdoc/>
    public override int TokenCount { get; } = Vocabulary <= LargestVocabulary
        ? Vocabulary
        : throw new NetworkException($"The embedding '{Name}' has {Vocabulary} tokens; at most {LargestVocabulary} are exact in single precision.");

    /// <summary>O.</summary>
    public override long SavedLength => (long)Tokens.Size * Vocabulary;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        int rows = at.SamplesPerVector * Tokens.Size;
        at.Kernels.OneHot(rows, Vocabulary, at.Input(), at.Saved);
        at.Kernels.MatrixProduct(at.WeightVectors, OneHot(at), Table(at.ParameterBatch(0)), Rows(at.Output, rows), false);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.ParameterAdjoint(0).IsEmpty)
            at.Kernels.MatrixProduct(
                1, OneHot(at).Transpose(), Rows(at.OutputAdjoint, at.Samples * Tokens.Size), Table(Batch<T>.Shared(at.ParameterAdjoint(0))), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.MatrixProduct(
            at.Directions, OneHot(at), Table(at.ParameterTangent(0)), Rows(at.OutputTangent, at.Samples * Tokens.Size), false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
        => at.Kernels.MatrixProduct(
            at.Directions,
            OneHot(at).Transpose(),
            Rows(at.OutputTangentAdjoint, at.Samples * Tokens.Size),
            Table(at.ParameterTangentAdjoint(0)),
            false);

    // O, which all weight vectors share.
    private MatrixBatch<T> OneHot<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => MatrixBatch<T>.RowMajor(at.Saved, at.SamplesPerVector * Tokens.Size, Vocabulary);

    private MatrixBatch<T> Table<T>(Batch<T> batch)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(batch.Data, Vocabulary, Width, batch.Stride);

    private MatrixBatch<T> Rows<T>(View<T> data, int rows)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(data, rows, Width, rows * Width);
}
