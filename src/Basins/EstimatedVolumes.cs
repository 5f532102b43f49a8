using System.Collections.Immutable;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins;

/// <summary>
/// The definitions of a basin's volume where no matrix is held, in the order and under the names of <see cref="BasinVolumes"/>, so that tables, files and pages
/// show them alike.
/// </summary>
public static class EstimatedVolumes
{
    private const string WithoutLevels
        = "Levels need every eigenvector of the Hessian, and products find a few: take the Gaussian measure, or rays.";

    /// <summary>Every definition of a basin.</summary>
    /// <param name="model">What products tell of the loss to second order.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="rays">The probability of the true basin along rays; null if none were followed.</param>
    /// <param name="withoutRays">Why none were followed, and what to do.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static ImmutableArray<VolumeEntry> Of(
        EstimatedModel model, VolumeSetting setting, RayVolume? rays, string? withoutRays, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(setting);
        return
        [
            VolumeEntry.Of(Measure(model, setting, cancellation)),
            new("rays", rays, rays is null ? withoutRays : null),
            new("levels", Definition: null, WithoutLevels),
            VolumeEntry.Of(Fuzzy(model, setting, cancellation)),
            VolumeEntry.Of(Quadratic(model, setting, cancellation)),
            VolumeEntry.Of(Notebook(model, setting, cancellation)),
        ];
    }

    /// <summary>The same over ranges of their constants, each value with its interval; no product is taken.</summary>
    /// <param name="model">What products tell of the loss to second order.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="rays">What was found along rays; null if none were followed.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static VolumeSweep Sweep(EstimatedModel model, VolumeSetting setting, RayResult? rays, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(setting);
        return VolumeSweep.Of(
            setting,
            model.Loss,
            model.Dimension,
            rays,
            [
                one => Measure(model, one, cancellation),
                one => Fuzzy(model, one, cancellation),
                one => Quadratic(model, one, cancellation),
                one => Notebook(model, one, cancellation),
            ],
            [one => Fuzzy(model, one, cancellation), one => Notebook(model, one, cancellation)]);
    }

    private static EstimatedGaussianMeasure Measure(EstimatedModel model, VolumeSetting setting, CancellationToken cancellation)
        => EstimatedGaussianMeasure.Of(model, setting.Threshold, setting.Prior, cancellation);

    private static EstimatedFuzzyVolume Fuzzy(EstimatedModel model, VolumeSetting setting, CancellationToken cancellation)
        => EstimatedFuzzyVolume.Of(model, setting.Prior, setting.Temperature, cancellation);

    private static EstimatedQuadraticVolume Quadratic(EstimatedModel model, VolumeSetting setting, CancellationToken cancellation)
        => setting.Centre == QuadraticCentre.Minimum
            ? EstimatedQuadraticVolume.AroundMinimum(model, setting.Threshold, shift: 0, cancellation)
            : EstimatedQuadraticVolume.AroundWeights(model, setting.Threshold, shift: 0, cancellation);

    private static EstimatedNotebookVolume Notebook(EstimatedModel model, VolumeSetting setting, CancellationToken cancellation)
        => EstimatedNotebookVolume.Of(model, setting.Notebook, cancellation);
}
