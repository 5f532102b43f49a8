using System.Collections.Immutable;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>The basin of a loss whose Hessian is known by its products: what <see cref="EstimatedVolumes"/> start from.</summary>
/// <param name="Model">The loss to second order.</param>
/// <param name="Products">Products with a direction that gradient and prior took.</param>
public sealed record EstimatedBasin(EstimatedModel Model, long Products)
{
    /// <summary>What gradient and prior need beside the probes: their own measures, from the recurrences of two vectors.</summary>
    /// <param name="hessian">H.</param>
    /// <param name="loss">L(θ*).</param>
    /// <param name="gradient">g, [n].</param>
    /// <param name="weights">θ*, [n].</param>
    /// <param name="quadratures">What probes tell of H.</param>
    /// <param name="trace">Where tr H lies, from probes of their own; null if it is not known.</param>
    /// <param name="steps">Most products with each of the two.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share that is done; may be null.</param>
    /// <param name="cancellation">Checked before each product.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static EstimatedBasin Of(
        ILinearMap hessian,
        double loss,
        double[] gradient,
        double[] weights,
        ProbeQuadratures quadratures,
        Interval? trace,
        int steps,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(weights);
        var counted = new CountedMap(hessian);
        // From the weights to the centre of a prior around 0 it is m = −θ*.
        double[] towards = Array.ConvertAll(weights, weight => -weight), curved = counted.Times(towards, cancellation);
        double rise = DotProduct.Of(gradient, towards) + (0.5 * DotProduct.Of(towards, curved));
        var vectors = new Matrix(2, gradient.Length);
        gradient.CopyTo(vectors.Row(0));
        curved.CopyTo(vectors.Row(1));
        Vectors.AddScaled(vectors.Row(1), 1, gradient);
        ImmutableArray<VectorMeasure> measures = VectorMeasure.Of(counted, vectors, steps, threads, progress, cancellation);
        var model = new EstimatedModel(loss, quadratures, measures[0]) { Trace = trace, Origin = new(rise, measures[1]) };
        return new(model, counted.Products);
    }
}
