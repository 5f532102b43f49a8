using System.Collections.Immutable;

using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins;

/// <summary>One definition over a range of a constant.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What is measured.</param>
/// <param name="Colour">The colour of the curve, 0xRRGGBB.</param>
/// <param name="Values">In nats; null where it does not apply.</param>
public sealed record VolumeCurve(string Name, VolumeUnit Unit, uint Colour, ImmutableArray<double?> Values)
{
    /// <summary>Where each lies at 95 % confidence, of a definition that is sampled, null where there is no value; empty for one that is not.</summary>
    public ImmutableArray<LogInterval?> Intervals { get; init; } = [];

    /// <summary>The distribution of weights whose share is measured; null for a volume.</summary>
    public string? PriorNotation { get; init; }

    /// <summary>Why there is no value at any place; null where there is one at some.</summary>
    public string? Reason { get; init; }
}

/// <summary>The true loss along rays over a range of thresholds.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What is measured.</param>
/// <param name="Points">A volume for each threshold, with what is known of its error.</param>
public sealed record RayCurve(string Name, VolumeUnit Unit, ImmutableArray<RaySweepPoint> Points)
{
    /// <summary>The colour of the curve, 0xRRGGBB.</summary>
    public uint Colour => Points[0].Volume.Colour;

    /// <summary>The distribution of weights whose share is measured; null for a volume.</summary>
    public string? PriorNotation => Points[0].Volume.PriorNotation;
}

/// <summary>Every definition over a range of thresholds, and over a range of k.</summary>
/// <param name="Thresholds">T or ΔT, as the threshold was asked for.</param>
/// <param name="Excesses">ΔT.</param>
/// <param name="OverThreshold">A curve for each definition; the fuzzy one at the temperature that corresponds to the rise.</param>
/// <param name="Rays">The probability and the Lebesgue volume along rays; empty without rays.</param>
/// <param name="PriorWeights">k.</param>
/// <param name="OverPriorWeight">The shifted quadratic, and the fuzzy volume at temperature k. No other definition has a k.</param>
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
    public static VolumeSweep Of(MeasuredBasin basin)
    {
        ArgumentNullException.ThrowIfNull(basin);
        return Of(
            basin.Setting,
            basin.Basis.Model.Loss,
            basin.Basis.Model.Dimension,
            basin.Rays,
            [.. BasinVolumes.All.Where(definition => definition.IsSwept).Select(Computing)],
            [.. BasinVolumes.All.Where(definition => definition.HasPriorWeight).Select(Computing)]);

        Func<VolumeSetting, IVolumeDefinition> Computing(BasinDefinition definition) => setting => definition.Of(basin with { Setting = setting })!;
    }

    /// <summary>The curves of definitions, however they are computed.</summary>
    /// <param name="setting">The constants around which they are swept.</param>
    /// <param name="loss">L(θ*).</param>
    /// <param name="dimension">n.</param>
    /// <param name="rays">What was found along rays; null if none were followed.</param>
    /// <param name="overThreshold">Those that depend on the threshold.</param>
    /// <param name="overPriorWeight">Those that depend on k, or have a temperature in its place.</param>
    internal static VolumeSweep Of(
        VolumeSetting setting,
        double loss,
        int dimension,
        RayResult? rays,
        ImmutableArray<Func<VolumeSetting, IVolumeDefinition>> overThreshold,
        ImmutableArray<Func<VolumeSetting, IVolumeDefinition>> overPriorWeight)
    {
        double excess = setting.Threshold.Above(loss);
        double unit = UnitOf(excess, setting.Threshold.Value);
        ImmutableArray<double> excesses = [.. Factors.Select(factor => factor * unit)];
        ImmutableArray<VolumeSetting> rises = [.. excesses.Select(rise => At(setting, excess, rise, dimension))];
        double prior = setting.Notebook.PriorWeight > 0 ? setting.Notebook.PriorWeight : setting.Temperature;
        ImmutableArray<double> weights = [.. Decades.Select(factor => factor * prior)];
        ImmutableArray<VolumeSetting> priors = [.. weights.Select(k => setting with { Notebook = setting.Notebook.WithPriorWeight(k), Temperature = k })];
        return new(
            [.. rises.Select(one => one.Threshold.Value)],
            excesses,
            [.. overThreshold.Select(definition => Curve(definition, rises))],
            rays is not { Sweep.IsEmpty: false } ? [] : Along(rays.Sweep, rays.Gaussian.Prior!),
            weights,
            [.. overPriorWeight.Select(definition => Curve(definition, priors))]);
    }

    // The constants for another rise: the fuzzy volume takes the temperature that corresponds to it.
    private static VolumeSetting At(VolumeSetting setting, double excess, double rise, int dimension)
    {
        BasinThreshold threshold = setting.Threshold.Kind == ThresholdKind.Absolute
            ? BasinThreshold.Absolute(setting.Threshold.Value - excess + rise)
            : BasinThreshold.Excess(rise);
        return setting with
        {
            Threshold = threshold,
            Notebook = setting.Notebook.WithThreshold(threshold.Value),
            Temperature = FuzzyVolume.TemperatureOf(rise, dimension),
        };
    }

    /// <summary>
    /// The rise to sweep around; for an empty basin one of the size of the threshold, or of what is missing, or 1 where nothing has a size.
    /// What is swept and its temperatures are to be doubles.
    /// </summary>
    private static double UnitOf(double excess, double threshold)
        => Math.Clamp(
            excess > 0 ? excess : new[] { Math.Abs(threshold), -excess }.FirstOrDefault(size => size > 0 && double.IsFinite(size), defaultValue: 1),
            SmallestUnit, LargestUnit);

    private static VolumeCurve Curve(Func<VolumeSetting, IVolumeDefinition> definition, ImmutableArray<VolumeSetting> settings)
    {
        IVolumeDefinition[] all = [.. settings.Select(definition)];
        return new(all[0].Name, all[0].Unit, all[0].Colour, [.. all.Select(one => one.LogValue)])
        {
            PriorNotation = all[0].PriorNotation,
            Intervals = all[0].IsSampled ? [.. all.Select(one => one.Interval)] : [],
            Reason = Array.TrueForAll(all, one => one.LogValue is null) ? all[0].Reason : null,
        };
    }

    private static ImmutableArray<RayCurve> Along(ImmutableArray<RayCrossings> crossings, GaussianPrior prior) =>
    [
        new("rays", VolumeUnit.Probability, RaySweep.Of(crossings, one => RayVolume.Gaussian(one, prior))),
        new("rays_lebesgue", VolumeUnit.ParameterUnits, RaySweep.Of(crossings, RayVolume.Lebesgue)),
    ];
}
