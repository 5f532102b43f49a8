using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Findings;

/// <summary>
/// A listener that is told while the job goes on: of one finding after the other, in their order, as if it were told at once. What it is told must not change
/// afterwards. What it throws is thrown when the next finding is told, or at the end; it is told nothing more then.
/// </summary>
/// <param name="listener">The listener.</param>
public sealed class Meanwhile(IFindings listener) : IFindings, IDisposable
{
    private Task _told = Task.CompletedTask;

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
    public void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
        => Tell(told => told.Spectrum(model, network, hessian, solved));

    /// <inheritdoc/>
    public void Spectrum(string name, SolvedSpectrum solved, Range wanted) => Tell(told => told.Spectrum(name, solved, wanted));

    /// <inheritdoc/>
    public void Directions(ImmutableArray<Direction> directions) => Tell(told => told.Directions(directions));

    /// <inheritdoc/>
    public void Lines(string model, ImmutableArray<LossLine> lines) => Tell(told => told.Lines(model, lines));

    /// <inheritdoc/>
    public void Plane(string model, LossPlane plane) => Tell(told => told.Plane(model, plane));

    /// <inheritdoc/>
    public void Volumes(BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
        => Tell(told => told.Volumes(threshold, entries, sweep));

    /// <summary>Waits until the listener knows all that was found.</summary>
    public void Finish() => _told.GetAwaiter().GetResult();

    /// <summary>Waits likewise when the job has failed, so that what was found until then is there; what the listener throws is lost.</summary>
    public void Dispose() => _told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    private void Tell(Action<IFindings> tell)
    {
        if (_told.IsFaulted)
            Finish();
        Task earlier = _told;
        _told = Task.Run(
            async () =>
            {
                await earlier.ConfigureAwait(false);
                tell(listener);
            });
    }
}
