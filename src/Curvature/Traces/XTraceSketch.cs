using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>XTrace: two products a probe. Where a product brings nothing new, the basis spans the range of B with probability 1.</summary>
/// <param name="sketch">No probe yet.</param>
/// <param name="dimension">m.</param>
internal sealed class XTraceSketch(ProbeSketch sketch, int dimension) : ITraceSketch
{
    // |g| > 1/16 for a standard normal g with a probability of 95 %: a random probe has not missed by more what it was to see.
    private const double Hidden = 16;

    public int Probes => sketch.Probes;

    public int ProductsPerProbe => 2;

    public long Products => sketch.Products;

    public int Covered => sketch.Basis.Count;

    public double Norm => sketch.Norm;

    public double CoveredTrace => XTrace.CompressedTrace(sketch);

    // |tr R| ≤ √m ‖R‖_F, and a random probe ω of length √m sees E|Rω|² = ‖R‖_F².
    public double? Unseen => sketch.Vanished.Count == 0
        ? null
        : Hidden * Math.Sqrt(dimension) * EuclideanNorm.Of([.. sketch.Vanished]) / Math.Sqrt(sketch.Vanished.Count);

    public void Grow(Matrix probes, CancellationToken cancellation) => sketch.Grow(probes, cancellation);

    public LeftOutValues? Values(CancellationToken cancellation) => XTrace.Values(sketch, dimension);

    public void Span(Matrix vectors, CancellationToken cancellation) => sketch.Span(vectors, cancellation);
}
