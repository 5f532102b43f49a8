using System.Collections.Immutable;

using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins;

/// <summary>One definition over a range of a constant.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What is measured.</param>
/// <param name="Values">In nats; null where it does not apply.</param>
public sealed record VolumeCurve(string Name, VolumeUnit Unit, ImmutableArray<double?> Values);

/// <summary>The true loss along rays over a range of thresholds.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What is measured.</param>
/// <param name="Points">A volume for each threshold, with what is known of its error.</param>
public sealed record RayCurve(string Name, VolumeUnit Unit, ImmutableArray<RaySweepPoint> Points);

/// <summary>Every definition over a range of thresholds, and over a range of k.</summary>
/// <param name="Thresholds">T or ΔT, as the threshold was asked for.</param>
/// <param name="Excesses">ΔT.</param>
/// <param name="OverThreshold">A curve for each definition; the fuzzy one at the temperature that corresponds to the rise.</param>
/// <param name="Rays">The probability and the Lebesgue volume along rays; empty without rays.</param>
/// <param name="PriorWeights">k.</param>
/// <param name="OverPriorWeight">The notebook's volume, and the fuzzy one at temperature k. No other definition has a k.</param>
public sealed record VolumeSweep(
    ImmutableArray<double> Thresholds,
    ImmutableArray<double> Excesses,
    ImmutableArray<VolumeCurve> OverThreshold,
    ImmutableArray<RayCurve> Rays,
    ImmutableArray<double> PriorWeights,
    ImmutableArray<VolumeCurve> OverPriorWeight)
{
    /// <summary>What the rise is multiplied by.</summary>
    public static ImmutableArray<double> Factors { get; } = [0.125, 0.25, 0.5, 1, 2, 4, 8];

    private const double SmallestUnit = 1e-290;
    private const double LargestUnit = 1e290;

    // What k is multiplied by.
    private static readonly ImmutableArray<double> Decades = [1e-3, 1e-2, 1e-1, 1, 10, 100, 1000];

    /// <summary>All curves.</summary>
    /// <param name="measured">The loss to second order under its prior.</param>
    /// <param name="basis">The same in the coordinates of the parameters.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="rays">What was found along rays; null if none were followed.</param>
    public static VolumeSweep Of(MeasuredModel measured, MeasuredModel basis, VolumeSetting setting, RayResult? rays)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(setting);
        double excess = setting.Threshold.Above(basis.Model.Loss);
        double unit = UnitOf(excess, setting.Threshold.Value);
        ImmutableArray<double> excesses = [.. Factors.Select(factor => factor * unit)];
        int n = basis.Model.Dimension;
        BasinThreshold At(BasinThreshold threshold, double rise) => threshold.Kind == ThresholdKind.Absolute
            ? BasinThreshold.Absolute(threshold.Value - excess + rise)
            : BasinThreshold.Excess(rise);
        ImmutableArray<double> thresholds = [.. excesses.Select(rise => At(setting.Threshold, rise).Value)];
        ImmutableArray<VolumeCurve> overThreshold =
        [
            Curve(excesses, rise => GaussianMeasure.Of(measured.Model, At(setting.Threshold, rise), measured.Prior)),
            Curve(excesses, rise => FuzzyVolume.Of(measured.Model, measured.Prior, FuzzyVolume.TemperatureOf(rise, n))),
            Curve(excesses, rise => Quadratic(basis.Model, At(setting.Threshold, rise), setting.Centre)),
            Curve(thresholds, threshold => NotebookVolume.Of(basis.Bare, setting.Notebook.WithThreshold(threshold))),
        ];
        double usual = setting.Notebook.PriorWeight > 0 ? setting.Notebook.PriorWeight : setting.Temperature;
        ImmutableArray<double> weights = [.. Decades.Select(factor => factor * usual)];
        ImmutableArray<VolumeCurve> overWeight =
        [
            Curve(weights, k => NotebookVolume.Of(basis.Bare, setting.Notebook.WithPriorWeight(k))),
            Curve(weights, k => FuzzyVolume.Of(measured.Model, measured.Prior, k)),
        ];
        return new(thresholds, excesses, overThreshold, rays is null || rays.Sweep.IsEmpty ? [] : Along(rays.Sweep, rays.Gaussian.Prior!), weights, overWeight);
    }

    /// <summary>The quadratic basin around the point that was asked for.</summary>
    internal static QuadraticVolume Quadratic(QuadraticModel model, BasinThreshold threshold, QuadraticCentre centre) => centre == QuadraticCentre.Minimum
        ? QuadraticVolume.AroundMinimum(model, threshold, shift: 0)
        : QuadraticVolume.AroundWeights(model, threshold, shift: 0);

    /// <summary>
    /// The rise to sweep around; for an empty basin one of the size of the threshold, or of what is missing, or 1 where nothing has a size.
    /// What is swept and its temperatures are to be doubles.
    /// </summary>
    private static double UnitOf(double excess, double threshold)
        => Math.Clamp(
            excess > 0 ? excess : new[] { Math.Abs(threshold), -excess }.FirstOrDefault(size => size > 0 && double.IsFinite(size), defaultValue: 1),
            SmallestUnit, LargestUnit);

    private static VolumeCurve Curve(ImmutableArray<double> values, Func<double, IVolumeDefinition> definition)
    {
        IVolumeDefinition[] all = [.. values.Select(definition)];
        return new(all[0].Name, all[0].Unit, [.. all.Select(one => one.LogValue)]);
    }

    private static ImmutableArray<RayCurve> Along(ImmutableArray<RayCrossings> crossings, GaussianPrior prior) =>
    [
        new("rays", VolumeUnit.Probability, RaySweep.Of(crossings, one => RayVolume.Gaussian(one, prior))),
        new("rays_lebesgue", VolumeUnit.ParameterUnits, RaySweep.Of(crossings, RayVolume.Lebesgue)),
    ];
}
