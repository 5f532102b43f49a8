using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Losses;
using BasinVolume.Kernels;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.Answers;

/// <summary>Second derivatives whose products and blocks are asked through a journal.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="journal">The journal.</param>
internal sealed class KeptMatrix(INetworkMatrix matrix, Journal journal) : INetworkMatrix
{
    /// <inheritdoc/>
    public int Order => matrix.Order;

    /// <inheritdoc/>
    public double UnitRoundoff => matrix.UnitRoundoff;

    /// <inheritdoc/>
    public Network Network => matrix.Network;

    /// <inheritdoc/>
    public bool IsPositiveSemidefinite => matrix.IsPositiveSemidefinite;

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(products);
        cancellation.ThrowIfCancellationRequested();
        journal.Ask(Journal.Question("product", directions.Values), products.Values, () => matrix.Multiply(directions, products, cancellation));
    }

    /// <inheritdoc/>
    public Matrix Block(Parameter tensor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        cancellation.ThrowIfCancellationRequested();
        var block = new Matrix(tensor.Size, tensor.Size);
        journal.Ask(
            Journal.Question($"block of {tensor.Name}"), block.Values, () => matrix.Block(tensor, cancellation).Values.CopyTo(block.Values, 0));
        return block;
    }
}
