using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// A whole second-derivative matrix by products with one-hot directions. A direction inside an operator's parameters leaves all tangents before it zero;
/// only rows of that operator and of later ones are computed, of its own only what the upper triangle needs, and the rest follows by symmetry;
/// and where a one-hot direction's tangent is a copy of the input, nothing is multiplied.
/// </summary>
/// <param name="Matrix">n × n, symmetric to the last bit: what was computed twice (near the diagonal) is averaged, the rest is mirrored.</param>
/// <param name="Loss">L.</param>
/// <param name="Asymmetry">max |M − Mᵀ| / max |M| of the raw computation, where both triangles were computed.</param>
internal sealed record MatrixSweep(Matrix Matrix, double Loss, double Asymmetry)
{
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="prepare">What is computed of a chunk before directions run through it.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="into">The matrix to compute in; a new one if there is none.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NetworkException">
    /// There are no samples, or a label is not a class of the network, or the matrix is too large to be held or not n × n.
    /// </exception>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public static MatrixSweep Run<T>(
        Plan<T> plan, ISamples samples, Preparation<T> prepare, IProgress<double>? progress, Matrix? into, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        Matrix matrix = into ?? New(n);
        CheckSize(matrix, n);
        RowExtent[] extents = Extents(plan.Network);
        Triangle.Clear(matrix, extents, plan.Device.Threads);
        var rows = new RowSweep<T>(plan, extents);
        Dictionary<Parameter, GramSweep<T>> grams = plan.Network.Parameters
            .Where(plan.Network.MultipliesInput)
            .ToDictionary(parameter => parameter, parameter => new GramSweep<T>(plan, parameter, rows, samples.Count));
        double loss = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            loss += prepare(plan, samples, chunk);
            foreach (Parameter parameter in plan.Network.Parameters)
            {
                if (grams.TryGetValue(parameter, out GramSweep<T>? gram))
                    gram.AddRows(matrix, cancellation);
                else
                    rows.Add(plan.Inside(parameter), parameter, matrix, cancellation);
                progress?.Report((chunk + ((double)(parameter.Offset + parameter.Size) / n)) / chunks);
            }
        }

        double largest = grams.Values.Aggregate(0.0, (most, gram) => Math.Max(most, gram.Largest));
        if (!double.IsFinite(loss))
            throw new NumericalException(
                $"The loss is {loss}, so it has no second derivative; the weights or the data hold values that are too large or not numbers.");
        double difference = Triangle.Symmetrise(matrix, extents, plan.Device.Threads);
        largest = Math.Max(largest, Triangle.Largest(matrix, extents, plan.Device.Threads));
        Triangle.CheckFinite(matrix, largest);
        return new(matrix, loss, largest > 0 ? difference / largest : 0);
    }

    // A row is taken from its tensor on; that of a matrix that multiplies the input from behind its tensor on, which has a square of its own.
    private static RowExtent[] Extents(Network network)
        => [.. network.Parameters.SelectMany(parameter => Enumerable.Repeat(ExtentOf(network, parameter), parameter.Size))];

    private static RowExtent ExtentOf(Network network, Parameter parameter)
        => new(parameter.Offset, network.MultipliesInput(parameter) ? parameter.Offset + parameter.Size : parameter.Offset);

    // Its elements are anything.
    private static Matrix New(int n)
    {
        if ((long)n * n > Array.MaxLength)
            throw new NetworkException(
                $"The matrix of {n} parameters has {(long)n * n} elements, {ByteSize.Of(8.0 * n * n)} in double precision; "
                + $"at most {Array.MaxLength} elements can be held. Use products with directions or single blocks instead.");
        return new(n, n, GC.AllocateUninitializedArray<double>(n * n));
    }

    private static void CheckSize(Matrix matrix, int n)
    {
        if ((matrix.Rows, matrix.Columns) != (n, n))
            throw new NetworkException(
                $"The matrix to compute in is {matrix.Rows} x {matrix.Columns}; this network has {n} parameters, so give one of {n} x {n}, or none.");
    }
}
