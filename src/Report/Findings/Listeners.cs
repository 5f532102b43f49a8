using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Findings;

/// <summary>Several listeners, who are told one after the other.</summary>
/// <param name="all">The listeners, in order.</param>
public sealed class Listeners(params ImmutableArray<IFindings> all) : IFindings
{
    /// <inheritdoc/>
    public void Begin() => Tell(listener => listener.Begin());

    /// <inheritdoc/>
    public void Indices(int[] indices) => Tell(listener => listener.Indices(indices));

    /// <inheritdoc/>
    public void Description(string model, string ending, byte[] description) => Tell(listener => listener.Description(model, ending, description));

    /// <inheritdoc/>
    public void Training(string model, TrainingRecord training) => Tell(listener => listener.Training(model, training));

    /// <inheritdoc/>
    public void Weights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Tell(listener => listener.Weights(model, network, weights, metadata));

    /// <inheritdoc/>
    public void MovedWeights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Tell(listener => listener.MovedWeights(model, network, weights, metadata));

    /// <inheritdoc/>
    public void Mistakes(string model, MistakenImages mistakes) => Tell(listener => listener.Mistakes(model, mistakes));

    /// <inheritdoc/>
    public void Hessian(string model, Network network, Hessian hessian) => Tell(listener => listener.Hessian(model, network, hessian));

    /// <inheritdoc/>
    public void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
        => Tell(listener => listener.Spectrum(model, network, hessian, solved));

    /// <inheritdoc/>
    public void Spectrum(string name, SolvedSpectrum solved, Range wanted) => Tell(listener => listener.Spectrum(name, solved, wanted));

    /// <inheritdoc/>
    public void Gradient(string model, Network network, double[] gradient) => Tell(listener => listener.Gradient(model, network, gradient));

    /// <inheritdoc/>
    public void Eigenpairs(string model, RitzPairs pairs) => Tell(listener => listener.Eigenpairs(model, pairs));

    /// <inheritdoc/>
    public void Distribution(string model, SpectralDistribution distribution, SmoothedDensity density)
        => Tell(listener => listener.Distribution(model, distribution, density));

    /// <inheritdoc/>
    public void TensorTraces(string model, ImmutableArray<TensorTraceRecord> traces) => Tell(listener => listener.TensorTraces(model, traces));

    /// <inheritdoc/>
    public void Directions(ImmutableArray<Direction> directions) => Tell(listener => listener.Directions(directions));

    /// <inheritdoc/>
    public void Lines(string model, ImmutableArray<LossLine> lines) => Tell(listener => listener.Lines(model, lines));

    /// <inheritdoc/>
    public void Plane(string model, LossPlane plane) => Tell(listener => listener.Plane(model, plane));

    /// <inheritdoc/>
    public void Volumes(BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
        => Tell(listener => listener.Volumes(threshold, entries, sweep));

    private void Tell(Action<IFindings> tell)
    {
        foreach (IFindings listener in all)
            tell(listener);
    }
}
