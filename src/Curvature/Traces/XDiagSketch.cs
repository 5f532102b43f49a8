using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// XDiag (Epperly, Tropp and Webber 2024), projecting from both sides. With Π = Q_i Q_iᵀ the basis without probe i, Q_i = Q(I − s sᵀ), and signs ω,
/// <code>
/// diag A = diag(ΠA + AΠ − ΠAΠ) + E[ω ∘ (I − Π) A (I − Π) ω],
/// </code>
/// where ω_i is independent of Π. With Z = AQ, columns multiplied element by element,
/// <code>
/// diag(ΠA + AΠ) = 2 Σ q_a ∘ z_a − 2 Qs ∘ Zs,   diag(ΠAΠ) = Σ q_a ∘ (QH)_a − 2 Qs ∘ QHs + (sᵀHs) Qs ∘ Qs,
/// (I − Π) A (I − Π) ω = Q(s sᵀr + (I − s sᵀ) Hx) − Zx,   x = (I − s sᵀ) w.
/// </code>
/// </summary>
/// <param name="sketch">No probe yet; keeps images.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class XDiagSketch(ProbeSketch sketch, HostThreads threads) : IDiagonalSketch
{
    // As for a trace: a random probe has not missed by more what it was to see, with a probability of 95 %.
    private const double Hidden = 16;

    private readonly IKernels<double> _kernels = HostKernels.Doubles(threads);

    public int Probes => sketch.Probes;

    public int ProductsPerProbe => 2;

    public int VectorsPerProbe => 3;

    public long Products => sketch.Products;

    public double Norm => sketch.Norm;

    public double? Unseen => sketch.Vanished.Count == 0 ? null : Hidden * EuclideanNorm.Of([.. sketch.Vanished]);

    public void Give(Matrix vectors, CancellationToken cancellation) => sketch.Give(vectors, cancellation);

    public void Grow(Matrix probes, CancellationToken cancellation) => sketch.Grow(probes, cancellation);

    public Func<int, int, Matrix>? Values(CancellationToken cancellation)
    {
        if (Unseen is not null)
            return (first, count) => new Matrix(1, count, Known(Basis(first, count), Images(first, count)));
        var left = new LeftOut(sketch);
        Matrix inBasis = Stretch.Without(left.CompressedKept, left.Missing);
        for (int i = 0; i < Probes; i++)
            Vectors.AddScaled(inBasis.Row(i), DotProduct.Of(left.Missing.Row(i), sketch.Factor.Row(i)), left.Missing.Row(i));
        return (first, count) => Values(left, inBasis, first, count);
    }

    private Matrix Basis(int first, int count) => Stretch.Of(sketch.Basis.Blocks, first, count);

    private Matrix Images(int first, int count) => Stretch.Of(sketch.ImageBlocks, first, count);

    // 2 Σ q ∘ z − Σ q ∘ QH.
    private double[] Known(Matrix basis, Matrix images)
    {
        double[] twice = Stretch.ColumnProducts(basis, images), both = Stretch.ColumnProducts(basis, _kernels.Combined(sketch.Compressed, basis));
        return [.. twice.Zip(both, (z, h) => (2 * z) - h)];
    }

    private Matrix Values(LeftOut left, Matrix inBasis, int first, int count)
    {
        Matrix basis = Basis(first, count), images = Images(first, count), probes = Stretch.Of(sketch.ProbeBlocks, first, count);
        double[] known = Known(basis, images);
        Matrix missing = _kernels.Combined(left.Missing, basis), image = _kernels.Combined(left.Missing, images);
        Matrix compressed = _kernels.Combined(left.CompressedMissing, basis);
        Matrix rest = _kernels.Combined(inBasis, basis), kept = _kernels.Combined(left.Kept, images);
        for (int i = 0; i < rest.Rows; i++)
        {
            double form = DotProduct.Of(left.Missing.Row(i), left.CompressedMissing.Row(i));
            for (int j = 0; j < count; j++)
            {
                double s = missing[i, j], without = known[j] - (2 * s * image[i, j]) + (2 * s * compressed[i, j]) - (form * s * s);
                rest[i, j] = without + (probes[i, j] * (rest[i, j] - kept[i, j]));
            }
        }

        return rest;
    }
}
