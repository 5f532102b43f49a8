using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A whole second-derivative matrix by products with one-hot directions. A direction inside an operator's parameters leaves all tangents before it zero; only rows of that operator and
/// of later ones are computed, of its own only what the upper triangle needs, and the rest follows by symmetry; and where a one-hot direction's tangent is a copy of the input, nothing is multiplied.
/// </summary>
/// <param name="Matrix">n × n, symmetric to the last bit: what was computed twice (near the diagonal) is averaged, the rest is mirrored.</param>
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
        int[] firstComputed = FirstComputed(plan.Network);
        var stage = new T[plan.Network.Parameters.Max(parameter => plan.Inside(parameter).Result.Length)];
        double loss = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += prepare(plan, samples, chunk);
            foreach (Parameter parameter in plan.Network.Parameters)
            {
                AddRows(plan, parameter, stage, matrix, firstComputed, cancellation);
                progress?.Report((chunk + ((double)(parameter.Offset + parameter.Size) / n)) / chunks);
            }
        }

        if (!double.IsFinite(loss))
            throw new NumericalException($"The loss is {loss}, so it has no second derivative; the weights or the data hold values that are too large or not numbers.");
        double largest = Triangle.LargestMagnitude(matrix, firstComputed);
        double difference = Triangle.Symmetrise(matrix, firstComputed);
        return new(matrix, loss, largest > 0 ? difference / largest : 0);
    }

    // The products of one chunk for all one-hot directions inside a tensor. The product for direction i is row i of the matrix.
    private static void AddRows<T>(Plan<T> plan, Parameter parameter, T[] stage, Matrix matrix, int[] firstComputed, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DirectionLayout<T> layout = plan.Inside(parameter);
        for (int first = 0; first < parameter.Size; first += layout.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(layout.Capacity, parameter.Size - first);
            plan.MultiplyUpper(layout, parameter, first, count);
            ReadOnlySpan<T> block = layout.Result.Look(stage.AsSpan(0, count * layout.Rows));
            for (int v = 0; v < count; v++)
            {
                int row = parameter.Offset + first + v;
                Chunks.Add(block.Slice(v * layout.Rows, layout.Rows)[(firstComputed[row] - layout.FirstRow)..], matrix.Row(row)[firstComputed[row]..]);
            }
        }
    }

    // From which column on each row is taken. It depends on the row alone, so that the result does not depend on how directions are cut into blocks.
    private static int[] FirstComputed(Network network)
        => [.. network.Parameters.SelectMany(parameter => Enumerable.Range(0, parameter.Size)
            .Select(element => parameter.Offset + network.Nodes[parameter.Node].Operator.FirstComputed(parameter.Number, element)))];

    private static void CheckSize(int n)
    {
        if ((long)n * n > Array.MaxLength)
            throw new NetworkException($"The matrix of {n} parameters has {(long)n * n} elements, {8e-9 * n * n:f0} GB in double precision; at most {Array.MaxLength} elements can be held. Use products with directions or single blocks instead.");
    }
}
