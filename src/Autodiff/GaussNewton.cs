using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>
/// The Gauss–Newton matrix G = Σ_s ω_s J_sᵀ K_s J_s, with J the network's Jacobian and K the loss's second derivative in the network's output. The Hessian is
/// <code>
/// H = G + Σ_s ω_s Σ_k ∂ℓ_s/∂o_k ∇²o_k
/// </code>
/// and every term of that second part carries an adjoint, so G is what forward-over-reverse gives when no adjoint pass has run.
/// It is positive semidefinite when the loss is convex in the output, as all losses here are (Schraudolph 2002).
/// </summary>
/// <param name="Matrix">G, n × n, in the network's parameter order, symmetric to the last bit.</param>
/// <param name="Loss">L = Σ_s ω_s ℓ_s.</param>
/// <param name="Asymmetry">max |G − Gᵀ| / max |G| of the raw computation, where both triangles were computed; |G − Gᵀ| of each shard by itself.</param>
public sealed record GaussNewton(Matrix Matrix, double Loss, double Asymmetry)
{
    /// <summary>Order, loss and trace, for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Matrix.Rows} x {Matrix.Columns} Gauss–Newton matrix: loss {Loss:g6}, trace {Enumerable.Range(0, Matrix.Rows).Sum(i => Matrix[i, i]):g6}");

    /// <summary>Computes G by products with one-hot directions, as <see cref="Hessian.Compute"/> does H.</summary>
    /// <inheritdoc cref="Hessian.Compute" path="/typeparam|/param|/exception"/>
    /// <example>
    /// <code>
    /// GaussNewton found = GaussNewton.Compute(plan, samples);
    /// double share = found.Matrix.Values.Max() / Hessian.Compute(plan, samples).Matrix.Values.Max();
    /// </code>
    /// </example>
    public static GaussNewton Compute<T>(
        Plan<T> plan, ISamples samples, IProgress<double>? progress = null, Matrix? into = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        MatrixSweep sweep = MatrixSweep.Run(plan, samples, Chunks.Forward, [], progress, into, keeper: null, cancellation);
        return new(sweep.Matrix, sweep.Loss, sweep.Asymmetry);
    }

    /// <summary>V ↦ G V for a batch of directions.</summary>
    /// <inheritdoc cref="Hessian.Multiply" path="/typeparam|/param|/exception"/>
    /// <returns>[V, n]: G times each direction; <paramref name="into"/> if there is one.</returns>
    public static Matrix Multiply<T>(
        Plan<T> plan, ISamples samples, Matrix directions, Matrix? into = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(directions);
        return ProductSweep.Run(plan, samples, directions, Chunks.Forward, into, cancellation);
    }

    /// <summary>The block of G for the rows and columns of two groups of parameter tensors, without computing the rest.</summary>
    /// <inheritdoc cref="Hessian.Block" path="/typeparam|/param|/returns|/exception"/>
    public static Matrix Block<T>(
        Plan<T> plan, ISamples samples, IReadOnlyList<Parameter> rows, IReadOnlyList<Parameter> columns, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        return BlockSweep.Run(plan, samples, rows, columns, Chunks.Forward, cancellation);
    }
}
