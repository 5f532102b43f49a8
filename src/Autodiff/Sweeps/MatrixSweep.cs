using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A whole second-derivative matrix by products with one-hot directions. A direction inside an operator's parameters leaves all tangents before it zero; only rows of that operator and
/// of later ones are computed, the rest follows by symmetry; and where a one-hot direction's tangent is a copy of the input, nothing is multiplied.
/// </summary>
/// <param name="Matrix">n × n, symmetric to the last bit: what was computed twice (inside the block of each parametrised operator) is averaged, the rest is mirrored.</param>
/// <param name="Loss">L.</param>
/// <param name="Asymmetry">max |M − Mᵀ| / max |M| of the raw computation, where both triangles were computed.</param>
internal sealed record MatrixSweep(Matrix Matrix, double Loss, double Asymmetry)
{
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network, or the matrix is too large to be held.</exception>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public static MatrixSweep Run<T>(Plan<T> plan, ISamples samples, Preparation<T> prepare, IProgress<double>? progress, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = plan.Network.ParameterCount;
        CheckSize(n);
        var matrix = new Matrix(n, n);
        var stage = new T[plan.Network.Parameters.Max(parameter => plan.Inside(parameter).Result.Length)];
        double loss = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += prepare(plan, samples, chunk);
            foreach (Parameter parameter in plan.Network.Parameters)
            {
                AddRows(plan, parameter, stage, matrix, cancellation);
                progress?.Report((chunk + ((double)(parameter.Offset + parameter.Size) / n)) / chunks);
            }
        }

        CheckFinite(loss, matrix);
        double asymmetry = Symmetrise(plan.Network, matrix);
        return new(matrix, loss, asymmetry);
    }

    // The products of one chunk for all one-hot directions inside a tensor. The product for direction i is row i of the matrix from the tensor's operator on.
    private static void AddRows<T>(Plan<T> plan, Parameter parameter, T[] stage, Matrix matrix, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DirectionLayout<T> layout = plan.Inside(parameter);
        for (int first = 0; first < parameter.Size; first += layout.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(layout.Capacity, parameter.Size - first);
            plan.MultiplyOneHot(layout, parameter, first, count);
            Span<T> block = stage.AsSpan(0, count * layout.Rows);
            layout.Result.Read(block);
            for (int v = 0; v < count; v++)
                Chunks.Add<T>(block.Slice(v * layout.Rows, layout.Rows), matrix.Row(parameter.Offset + first + v)[layout.FirstRow..]);
        }
    }

    private static void CheckSize(int n)
    {
        if ((long)n * n > Array.MaxLength)
            throw new NetworkException($"The matrix of {n} parameters has {(long)n * n} elements, {8e-9 * n * n:f0} GB in double precision; at most {Array.MaxLength} elements can be held. Use products with directions or single blocks instead.");
    }

    private static void CheckFinite(double loss, Matrix matrix)
    {
        if (!double.IsFinite(loss))
            throw new NumericalException($"The loss is {loss}, so it has no second derivative; the weights or the data hold values that are too large or not numbers.");
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
}
