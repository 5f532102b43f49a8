using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// XNysTrace with resphering: one product a probe, for positive semidefinite B on a complement of dimension m (Epperly, Tropp and Webber 2024; resphering:
/// Epperly 2025). B + νI − Â_i vanishes on the other probes, so that its trace is that on the m − k + 1 dimensions orthogonal to them, where the part u of ω_i
/// has a uniform direction: with M = G⁻¹ and |u|² = 1/((ΩᵀΩ)⁻¹)_ii
/// <code>
/// t_i = tr Â − |Y m_i|²/M_ii + (m − k + 1) ((ΩᵀΩ)⁻¹)_ii/M_ii − m ν.
/// </code>
/// Leaving out j as well takes from each inverse what leaving out a row and a column takes: M_ii becomes M_ii − M_ij²/M_jj, and Y m_i becomes
/// Y (m_i − m_j M_ij/M_jj).
/// </summary>
internal sealed class XNysTraceSketch(ILinearMap map, Complement complement, HostThreads threads) : ITraceSketch
{
    private readonly NystromSketch _sketch = new(map, complement, threads);
    private readonly ProbeSketch _spanned = new(map, complement, keepsImages: false, threads);

    public int Probes => _sketch.Count;

    public int ProductsPerProbe => 1;

    public long Products => _sketch.Products + _spanned.Products;

    public int Covered => _spanned.Basis.Count;

    public double Norm => Math.Max(_sketch.Norm, _spanned.Norm);

    // Random probes that are all taken to zero.
    public double? Unseen => Probes > 0 && _sketch.Norm == 0 ? 0 : null;

    public double CoveredTrace => XTrace.CompressedTrace(_spanned);

    public void Grow(Matrix probes, CancellationToken cancellation) => _sketch.Grow(probes, areProbes: true, cancellation);

    public void Span(Matrix vectors, CancellationToken cancellation) => _spanned.Span(vectors, cancellation);

    public LeftOutValues? Values(CancellationToken cancellation)
    {
        if (Cholesky.Factor(_sketch.Overlaps, threads, cancellation) is not CholeskyFactor overlaps || _sketch.Factor(cancellation) is not { } nystrom)
            return null;
        int k = Probes, m = complement.Dimension;
        Matrix inverse = nystrom.Inverse, shape = new NystromFactor(overlaps.Lower, overlaps.Lower).Inverse;
        Matrix images = new(k, k);
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++)
                images[i, j] = DotProduct.Of(nystrom.Images.Row(i), nystrom.Images.Row(j));
        double trace = CompensatedSum.OfSquares(nystrom.Root.Values) - (m * _sketch.Shift);
        return LeftOutValues.Of(
            k,
            i => trace - (images[i, i] / inverse[i, i]) + ((m - k + 1) * (shape[i, i] / inverse[i, i])),
            (i, j) =>
            {
                double share = inverse[i, j] / inverse[j, j], rest = Rest(inverse, i, j);
                double image = images[i, i] - (2 * share * images[i, j]) + (share * share * images[j, j]);
                return trace - (images[j, j] / inverse[j, j]) - (image / rest) + ((m - k + 2) * (Rest(shape, i, j) / rest));
            });
    }

    private static double Rest(Matrix inverse, int i, int j)
        => Math.Max(inverse[i, i] - (inverse[i, j] * (inverse[i, j] / inverse[j, j])), Spectrum.DoubleRoundoff * inverse[i, i]);
}
