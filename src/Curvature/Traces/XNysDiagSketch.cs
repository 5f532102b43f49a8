using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// XNysDiag (Epperly, Tropp and Webber 2024) for positive semidefinite A: with Nyström's approximation without probe i and signs ω,
/// <code>
/// d_i = diag Â − Y m_i ∘ Y m_i/M_ii + ω_i ∘ Y m_i/M_ii − ν.
/// </code>
/// </summary>
/// <param name="sketch">No probe yet.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class XNysDiagSketch(NystromSketch sketch, HostThreads threads) : IDiagonalSketch
{
    private readonly IKernels<double> _kernels = HostKernels.Doubles(threads);

    public int Probes => sketch.Count - sketch.Given;

    public int ProductsPerProbe => 1;

    public int VectorsPerProbe => 2;

    public long Products => sketch.Products;

    public double Norm => sketch.Norm;

    public double? Unseen => Probes > 0 && sketch.Norm == 0 ? 0 : null;

    public void Give(Matrix vectors, CancellationToken cancellation)
    {
        foreach (Matrix block in ProbeSketch.BlocksOf(vectors))
            sketch.Grow(block, areProbes: false, cancellation);
    }

    public void Grow(Matrix probes, CancellationToken cancellation) => sketch.Grow(probes, areProbes: true, cancellation);

    public Func<int, int, Matrix>? Values(CancellationToken cancellation)
    {
        if (Unseen is not null)
            return (_, count) => new Matrix(1, count);
        return sketch.Factor(cancellation) is { } factor ? (first, count) => Values(factor, first, count) : null;
    }

    private Matrix Values(NystromFactor factor, int first, int count)
    {
        Matrix basis = Stretch.Of(sketch.Basis.Blocks, first, count), probes = Stretch.Of(sketch.ProbeBlocks, first, count);
        Matrix root = _kernels.Combined(factor.Root, basis), images = _kernels.Combined(factor.Images, basis);
        double[] known = Stretch.ColumnProducts(root, root);
        var values = new Matrix(Probes, count);
        for (int i = 0; i < values.Rows; i++)
        {
            int row = sketch.Given + i;
            double inverse = factor.Inverse[row, row];
            for (int j = 0; j < count; j++)
                values[i, j] = known[j] - sketch.Shift + ((probes[row, j] - images[row, j]) * images[row, j] / inverse);
        }

        return values;
    }
}
