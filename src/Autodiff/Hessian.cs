using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>
/// The exact Hessian H = ∇²L at given parameters, with what was measured on the way. It is symmetric to the last bit: what was computed twice (inside the
/// block of each parametrised operator) is averaged, the rest is mirrored.
/// </summary>
/// <param name="Matrix">H, n × n, in the network's parameter order. No weight decay in it.</param>
/// <param name="Loss">L = Σ_s ω_s ℓ_s.</param>
/// <param name="Gradient">g = ∇L, [n].</param>
/// <param name="Asymmetry">max |H − Hᵀ| / max |H| of the raw computation, where both triangles were computed: a measure of its rounding.</param>
public sealed record Hessian(Matrix Matrix, double Loss, double[] Gradient, double Asymmetry)
{
    /// <summary>|g|, the Euclidean norm of the gradient.</summary>
    public double GradientNorm => Norm(Gradient);

    /// <summary>Σ H_ii.</summary>
    public double Trace => Enumerable.Range(0, Matrix.Rows).Sum(i => Matrix[i, i]);

    /// <summary>√(Σ H_ij²).</summary>
    public double FrobeniusNorm => Norm(Matrix.Values);

    /// <summary>
    /// Computes H by Hessian-vector products over one-hot directions, with three savings that come from the graph: a direction inside an operator's parameters leaves
    /// all tangents before it zero; only rows of that operator and of later ones are computed, the rest follows by symmetry; and where a one-hot direction's tangent is a copy of
    /// the input, nothing is multiplied.
    /// </summary>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    /// <exception cref="NumericalException">The loss or an element of the Hessian is not finite.</exception>
    public static Hessian Compute<T>(Plan<T> plan, ISamples samples, IProgress<double>? progress = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        int n = plan.Network.ParameterCount;
        var matrix = new Matrix(n, n);
        var gradient = new double[n];
        var stage = new T[plan.Network.Parameters.Max(parameter => plan.Inside(parameter).Result.Length)];
        double loss = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += Chunks.ForwardAndAdjoint(plan, samples, chunk, gradient);
            foreach (Parameter parameter in plan.Network.Parameters)
            {
                AddBlocks(plan, parameter, stage, matrix, cancellation);
                progress?.Report((chunk + ((double)(parameter.Offset + parameter.Size) / n)) / chunks);
            }
        }

        CheckFinite(loss, matrix);
        double asymmetry = Symmetrise(plan.Network, matrix);
        return new(matrix, loss, gradient, asymmetry);
    }

    // The products of one chunk for all one-hot directions inside a tensor. The product for direction i is row i of H from the tensor's operator on.
    private static void AddBlocks<T>(Plan<T> plan, Parameter parameter, T[] stage, Matrix matrix, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DirectionLayout<T> layout = plan.Inside(parameter);
        for (int first = 0; first < parameter.Size; first += layout.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(layout.Capacity, parameter.Size - first);
            plan.MultiplyOneHot(parameter, first, count);
            Span<T> block = stage.AsSpan(0, count * layout.Rows);
            layout.Result.Read(block);
            for (int v = 0; v < count; v++)
                Chunks.Add<T>(block.Slice(v * layout.Rows, layout.Rows), matrix.Row(parameter.Offset + first + v)[layout.FirstRow..]);
        }
    }

    private static void CheckFinite(double loss, Matrix matrix)
    {
        if (!double.IsFinite(loss))
            throw new NumericalException($"The loss is {loss}, so it has no Hessian; the weights or the data hold values that are too large or not numbers.");
        int bad = Array.FindIndex(matrix.Values, value => !double.IsFinite(value));
        if (bad >= 0)
            throw new NumericalException($"Element ({bad / matrix.Columns}, {bad % matrix.Columns}) of the Hessian is {matrix.Values[bad]}; the weights or the data are too large for this precision, try float64 or smaller weights.");
    }

    // Elements (i, j) with j in an operator after i's were computed once, those inside one operator's block twice.
    private static double Symmetrise(Network network, Matrix matrix)
    {
        double largest = 0;
        double difference = 0;
        foreach (Parameter parameter in network.Parameters)
        {
            int blockStart = network.Parameters.First(other => other.Node == parameter.Node).Offset;
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Size; i++)
            {
                for (int j = 0; j < blockStart; j++)
                    matrix[i, j] = matrix[j, i];
                for (int j = blockStart; j < i; j++)
                {
                    difference = Math.Max(difference, Math.Abs(matrix[i, j] - matrix[j, i]));
                    matrix[i, j] = matrix[j, i] = 0.5 * (matrix[i, j] + matrix[j, i]);
                }

                foreach (double value in matrix.Row(i))
                    largest = Math.Max(largest, Math.Abs(value));
            }
        }

        return largest > 0 ? difference / largest : 0;
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
