using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff;

/// <summary>
/// The exact Hessian H = ∇²L at given parameters, with what was measured on the way. It is symmetric to the last bit: what was computed twice (near the
/// diagonal) is averaged, the rest is mirrored. Products with directions are exact as well (forward over reverse: Pearlmutter 1994).
/// </summary>
/// <param name="Matrix">H, n × n, in the network's parameter order.</param>
/// <param name="Loss">L = Σ_s ω_s ℓ_s, and the penalty if there is one.</param>
/// <param name="Gradient">g = ∇L, [n].</param>
/// <param name="Asymmetry">
/// max |H − Hᵀ| / max |H| of the raw computation, where both triangles were computed: a measure of its rounding. |H − Hᵀ| is that of each shard of the samples
/// by itself, before shards are added.
/// </param>
/// <param name="WeightDecay">λ of the penalty ½λ|θ|² that is part of the loss; 0 when there is none in it.</param>
public sealed record Hessian(Matrix Matrix, double Loss, double[] Gradient, double Asymmetry, double WeightDecay = 0)
{
    /// <summary>
    /// How many n × n matrices of doubles are held at most while a Hessian is computed: itself, and packed triangles, halves, of the sums over shards that wait
    /// for others, one for each level of the tree of at most 64 shards.
    /// </summary>
    public const double MostMatrices = 1 + (0.5 * 7);

    /// <summary>|g|, the Euclidean norm of the gradient.</summary>
    public double GradientNorm => EuclideanNorm.InOrder(Gradient);

    /// <summary>Σ H_ii.</summary>
    public double Trace => Enumerable.Range(0, Matrix.Rows).Sum(i => Matrix[i, i]);

    /// <summary>√(Σ H_ij²).</summary>
    public double FrobeniusNorm => EuclideanNorm.InOrder(Matrix.Values);

    /// <summary>Order, loss, gradient and trace, for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Matrix.Rows} x {Matrix.Columns} Hessian: loss {Loss:g6}, |gradient| {GradientNorm:g3}, trace {Trace:g6}");

    /// <summary>Computes H by Hessian-vector products over one-hot directions, with the savings that come from the graph.</summary>
    /// <typeparam name="T">
    /// float or double: the precision of the passes. Sums over chunks are double, those of a layer's Gram matrices over some chunks at once.
    /// </typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="into">
    /// An n × n matrix to compute in, for callers that compute many: it becomes the result's <see cref="Matrix"/>, and whatever it held, an earlier result's
    /// elements too, is overwritten.
    /// Without it the result has a new one, whose memory the system hands out page by page: up to a third of the time for the notebook's network.
    /// </param>
    /// <param name="keeper">Who keeps it while it is not complete, where one process computes it; null for nobody.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">
    /// There are no samples, or a label is not a class of the network, or n × n elements cannot be held, or <paramref name="into"/> is not n × n.
    /// </exception>
    /// <exception cref="NumericalException">The loss or an element of the Hessian is not finite.</exception>
    /// <example>
    /// <code>
    /// Hessian hessian = Hessian.Compute(plan, samples);
    /// Console.WriteLine($"{hessian}, element (0, 1) {hessian.Matrix[0, 1]}");
    /// </code>
    /// </example>
    public static Hessian Compute<T>(
        Plan<T> plan,
        ISamples samples,
        IProgress<double>? progress = null,
        Matrix? into = null,
        IHessianKeeper? keeper = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        var gradient = new double[plan.Network.ParameterCount];
        MatrixSweep sweep = MatrixSweep.Run(
            plan,
            samples,
            (_, _, chunk) => Chunks.ForwardAndAdjoint(plan, samples, chunk, gradient, accumulate: true),
            gradient,
            progress,
            into,
            keeper,
            cancellation);
        return new(sweep.Matrix, sweep.Loss, gradient, sweep.Asymmetry);
    }

    /// <summary>The whole of which parts were computed, each by itself: with the bits of <see cref="Compute"/> over all samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parts">All parts of one computation, in any order. They stay as they are.</param>
    /// <exception cref="NetworkException">A part is missing, there twice, or of another computation or network; says which.</exception>
    /// <exception cref="NumericalException">The loss or an element of the Hessian is not finite.</exception>
    public static Hessian OfParts(Network network, IReadOnlyList<HessianPart> parts)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parts);
        (MatrixSweep sweep, double[] gradient) = HessianParts.Of(network, parts);
        return new(sweep.Matrix, sweep.Loss, gradient, sweep.Asymmetry);
    }

    /// <summary>The Hessian as a linear operator: V ↦ H V for a batch of directions, by forward-over-reverse passes, exact up to rounding.</summary>
    /// <typeparam name="T">float or double: the precision of the passes. Sums over chunks are double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="directions">[V, n]: one direction a row.</param>
    /// <param name="into">
    /// A V × n matrix of its own storage for the products, for callers that compute many: whatever it held is overwritten. Without it the result is new, and of
    /// a large network up to a third of the time is the system's for its memory.
    /// </param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <returns>[V, n]: H times each direction; <paramref name="into"/> if there is one.</returns>
    /// <exception cref="NetworkException">
    /// A direction does not have n elements, <paramref name="into"/> is not V × n, there are no samples, or a label is not a class of the network.
    /// </exception>
    /// <example>
    /// <code>
    /// var directions = new Matrix(2, network.ParameterCount);
    /// (directions[0, 3], directions[1, 5]) = (1, 1);
    /// Matrix rows = Hessian.Multiply(plan, samples, directions);   // rows 3 and 5 of H
    /// </code>
    /// </example>
    public static Matrix Multiply<T>(
        Plan<T> plan, ISamples samples, Matrix directions, Matrix? into = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(directions);
        return ProductSweep.Run(plan, samples, directions, Chunks.ForwardAndAdjointOfValues, into, cancellation);
    }

    /// <summary>The block of H for the rows and columns of two groups of parameter tensors, without computing the rest.</summary>
    /// <typeparam name="T">float or double: the precision of the passes. Sums over chunks are double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="rows">Tensors of the network, in any order.</param>
    /// <param name="columns">Tensors of the network, in any order; may overlap with the rows.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <returns>
    /// [elements of the row tensors, elements of the column tensors], tensors in the order given; symmetric to the last bit if both groups are the same.
    /// </returns>
    /// <exception cref="NetworkException">
    /// A group is empty, or a tensor is not the network's, there are no samples, or a label is not a class of the network.
    /// </exception>
    /// <example>
    /// <code>
    /// Parameter tensor = network.Parameters.Single(each =&gt; each.Name == "out.weight");
    /// Matrix block = Hessian.Block(plan, samples, [tensor], [tensor]);
    /// </code>
    /// </example>
    public static Matrix Block<T>(
        Plan<T> plan, ISamples samples, IReadOnlyList<Parameter> rows, IReadOnlyList<Parameter> columns, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        return BlockSweep.Run(plan, samples, rows, columns, Chunks.ForwardAndAdjointOfValues, cancellation);
    }

    /// <summary>
    /// The same with the penalty ½λ|θ|² in the loss, as the weight decay of SGD or Adadelta has it (not AdamW's, which is none of the loss):
    /// L + ½λ|θ|², g + λθ and H + λI. A penalty that is in it already is added to.
    /// </summary>
    /// <param name="weightDecay">λ.</param>
    /// <param name="parameters">θ, [n].</param>
    /// <exception cref="NetworkException">θ does not have n elements.</exception>
    public Hessian WithWeightDecay(double weightDecay, ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != Gradient.Length)
            throw new NetworkException($"The Hessian is of {Gradient.Length} parameters; {parameters.Length} were given.");
        Matrix matrix = Matrix.Clone();
        double[] gradient = [.. Gradient];
        var penalty = new L2Penalty(weightDecay);
        penalty.AddHessian(matrix);
        penalty.AddGradient(gradient, parameters);
        return this with { Matrix = matrix, Gradient = gradient, Loss = Loss + penalty.At(parameters), WeightDecay = WeightDecay + weightDecay };
    }
}
