using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Findings;

/// <summary>Whoever passes all that is found on to others: a finding that there is stands in <see cref="IFindings"/> and here, and nowhere else.</summary>
public abstract class Relay : IFindings
{
    /// <inheritdoc/>
    public void Begin() => Tell(told => told.Begin());

    /// <inheritdoc/>
    public void Indices(int[] indices) => Tell(told => told.Indices(indices));

    /// <inheritdoc/>
    public void Description(string model, string ending, byte[] description) => Tell(told => told.Description(model, ending, description));

    /// <inheritdoc/>
    public void Training(string model, TrainingRecord training) => Tell(told => told.Training(model, training));

    /// <inheritdoc/>
    public void Weights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Tell(told => told.Weights(model, network, weights, metadata));

    /// <inheritdoc/>
    public void MovedWeights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Tell(told => told.MovedWeights(model, network, weights, metadata));

    /// <inheritdoc/>
    public void Mistakes(string model, MistakenImages mistakes) => Tell(told => told.Mistakes(model, mistakes));

    /// <inheritdoc/>
    public void Hessian(string model, Network network, Hessian hessian) => Tell(told => told.Hessian(model, network, hessian));

    /// <inheritdoc/>
    public void Part(PartArray numbers) => Tell(told => told.Part(numbers));

    /// <inheritdoc/>
    public void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
        => Tell(told => told.Spectrum(model, network, hessian, solved));

    /// <inheritdoc/>
    public void Spectrum(string name, SolvedSpectrum solved, Range wanted) => Tell(told => told.Spectrum(name, solved, wanted));

    /// <inheritdoc/>
    public void Damping(string name, DampingCurve curve) => Tell(told => told.Damping(name, curve));

    /// <inheritdoc/>
    public void Gradient(string model, Network network, double[] gradient) => Tell(told => told.Gradient(model, network, gradient));

    /// <inheritdoc/>
    public void Eigenpairs(string model, RitzPairs pairs) => Tell(told => told.Eigenpairs(model, pairs));

    /// <inheritdoc/>
    public void Distribution(string model, SpectralDistribution distribution, SmoothedDensity density)
        => Tell(told => told.Distribution(model, distribution, density));

    /// <inheritdoc/>
    public void Quadratures(string model, ProbeQuadratures quadratures) => Tell(told => told.Quadratures(model, quadratures));

    /// <inheritdoc/>
    public void GradientQuadratures(string model, VectorMeasure atWeights, VectorMeasure atOrigin)
        => Tell(told => told.GradientQuadratures(model, atWeights, atOrigin));

    /// <inheritdoc/>
    public void TensorTraces(string model, ImmutableArray<TensorTraceRecord> traces) => Tell(told => told.TensorTraces(model, traces));

    /// <inheritdoc/>
    public void Directions(ImmutableArray<Direction> directions) => Tell(told => told.Directions(directions));

    /// <inheritdoc/>
    public void Lines(string model, ImmutableArray<LossLine> lines) => Tell(told => told.Lines(model, lines));

    /// <inheritdoc/>
    public void Plane(string model, LossPlane plane) => Tell(told => told.Plane(model, plane));

    /// <inheritdoc/>
    public void Volumes(BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
        => Tell(told => told.Volumes(threshold, entries, sweep));

    /// <summary>Passes a finding on.</summary>
    /// <param name="tell">Tells it to a listener.</param>
    protected abstract void Tell(Action<IFindings> tell);
}
