using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Curvature.Volumes.Splitting;
using BasinVolume.Mnist.Volumes;

namespace BasinVolume.Mnist.Results;

/// <summary>volume.json: every definition of a basin's volume. Keys are a contract, as those of <see cref="ResultDocument"/>; a definition that does not apply stays with its reason.</summary>
internal static class VolumeDocument
{
    /// <summary>The document.</summary>
    public static object Of(VolumeResult result) => new
    {
        Schema = 1,
        result.Options.CommandLine,
        Parameters = result.Model.Dimension,
        result.Model.Loss,
        Threshold = result.Setting.Threshold.Value,
        ThresholdKind = Names.Of(result.Setting.Threshold.Kind),
        result.Seconds,
        Hessian = HessianOf(result),
        Constants = ConstantsOf(result),
        Definitions = EntriesOf(result.Entries),
        Rays = result.Rays is { } rays ? RaysOf(rays, result.Entries) : null,
        Sweeps = SweepsOf(result.Sweep),
        Converge = result.Convergence is { } convergence ? ConvergenceOf(convergence, result) : null,
        Versions = ResultDocument.Versions(),
    };

    private static object HessianOf(VolumeResult result) => new
    {
        result.Source.Name,
        File = Path.GetFullPath(result.Source.File),
        Sha256 = result.Source.HessianSha256,
        Precision = Names.Of(result.Source.Read.Precision),
        result.Source.Read.Asymmetry,
        result.Source.Read.AsymmetryTolerance,
        result.Source.Read.Exactness.StatedZeroTolerance,
        result.Model.Hessian.ZeroTolerance,
        GradientNorm = result.Source.Gradient is null ? (double?)null : result.Model.GradientNorm,
        result.Model.Hessian.Inertia.Positive,
        result.Model.Hessian.Inertia.Zero,
        result.Model.Hessian.Inertia.Negative,
    };

    private static object ConstantsOf(VolumeResult result) => new
    {
        result.Setting.Notebook.WeightDecay,
        Penalty = Names.Of(result.Options.Penalty),
        K = result.Setting.Notebook.PriorWeight,
        Sigma = result.Setting.Prior.Deviation,
        SigmaFile = result.Source.Deviations is null ? null : Path.GetFullPath(result.Options.DeviationsFile!),
        PriorCentre = Names.Of(result.Setting.Prior.Centre),
        result.Setting.Temperature,
        Centre = Names.Of(result.Options.Centre),
    };

    private static Dictionary<string, Dictionary<string, object?>> EntriesOf(ImmutableArray<VolumeEntry> entries) => entries.ToDictionary(entry => entry.Name, EntryOf);

    private static object RaysOf(RayResult rays, ImmutableArray<VolumeEntry> entries) => new
    {
        Rays = rays.Gaussian.Crossings.Rays.Length,
        rays.Gaussian.Crossings.Preconditioner,
        PriorCentre = Names.Of(rays.Gaussian.Prior!.Centre),
        QuadraticLogProbability = rays.Quadratic.LogValue,
        Reached = rays.Gaussian.Crossings.Count(RayOutcome.Reached),
        NeverReached = rays.Gaussian.Crossings.Count(RayOutcome.NeverReached),
        NotANumber = rays.Gaussian.Crossings.Count(RayOutcome.NotANumber),
        rays.Gaussian.Crossings.NonMonotone,
        rays.Evaluations,
        rays.Seconds,
        Lebesgue = EntryOf(VolumeEntry.Of(rays.Lebesgue)),
        QuadraticSurface = rays.Reach is { } reach
            ? new { Points = reach.Ratios.Length, reach.Unreached, reach.MeanRatio, reach.ShareInside }
            : null,
        PriorDraws = new
        {
            Points = rays.Draws.Count,
            rays.Draws.Inside,
            LogProbability = rays.Draws.LogShare,
            rays.Draws.StandardError,
            Interval = EndsOf(rays.Draws.Interval),
            rays.Draws.MeanRise,
            MeanRiseStandardError = rays.Draws.MeanRiseError,
            QuadraticMeanRise = entries.Select(entry => entry.Definition).OfType<GaussianMeasure>().First().Mean,
        },
        Switched = rays.Switched is { } switched ? new { switched.Relus, switched.MaxPools } : null,
    };

    private static object SweepsOf(VolumeSweep sweep)
    {
        var threshold = new Dictionary<string, object> { ["threshold"] = sweep.Thresholds, ["excess"] = sweep.Excesses };
        foreach (VolumeCurve curve in sweep.OverThreshold)
            threshold[curve.Name] = curve.Values;
        foreach (RayCurve curve in sweep.Rays)
        {
            threshold[curve.Name] = curve.Points.Select(point => point.Volume.LogValue);
            threshold[curve.Name + "_standard_error"] = curve.Points.Select(point => point.Volume.StandardError);
            threshold[curve.Name + "_interval"] = curve.Points.Select(point => EndsOf(point.Volume.Interval));
            threshold[curve.Name + "_effective_sample_size"] = curve.Points.Select(point => point.Volume.EffectiveSampleSize);
            threshold[curve.Name + "_lower_bound"] = curve.Points.Select(point => point.Volume.LowerBound);
            threshold[curve.Name + "_slope"] = curve.Points.Select(point => point.Slope);
            threshold[curve.Name + "_slope_standard_error"] = curve.Points.Select(point => point.SlopeError);
        }

        var weight = new Dictionary<string, object> { ["k"] = sweep.PriorWeights };
        foreach (VolumeCurve curve in sweep.OverPriorWeight)
            weight[curve.Name] = curve.Values;
        return new { Threshold = threshold, K = weight };
    }

    private static object ConvergenceOf(Convergence convergence, VolumeResult result) => new
    {
        Outcome = Names.Of(convergence.Point.End),
        Reason = convergence.Outcome,
        convergence.Options.Tolerance,
        LossBefore = convergence.Point.Start.Loss,
        convergence.Point.Last.Loss,
        GradientNormBefore = convergence.Point.Start.GradientNorm,
        convergence.Point.Last.GradientNorm,
        convergence.Point.Distance,
        convergence.Seconds,
        Weights = $"weights-{result.Source.Name}-converged",
        convergence.Point.Steps,
        Before = EntriesOf(convergence.Before),
    };

    private static Dictionary<string, object?> EntryOf(VolumeEntry entry)
    {
        var keys = new Dictionary<string, object?> { ["applies"] = entry.Applies, ["reason"] = entry.Reason };
        if (entry.Definition is not { } definition)
            return keys;
        keys[definition.Unit == VolumeUnit.Probability ? "log_probability" : "log_volume"] = definition.LogValue;
        keys["standard_error"] = definition.StandardError;
        if (definition is RayVolume or LevelVolume)
        {
            keys["reliable"] = entry.Applies;
            keys["interval"] = EndsOf(definition.Interval);
        }

        keys["split"] = definition.Split.ToDictionary(term => term.Name, term => term.Nats);
        keys["assumptions"] = definition.Assumptions;
        if (definition is GaussianMeasure { Shape: var shape })
            keys["shape"] = Names.Of(shape);
        foreach ((string key, double? value) in Particulars(definition))
            keys[key] = value;
        return keys;
    }

    private static (string Key, double? Value)[] Particulars(IVolumeDefinition definition) => definition switch
    {
        NotebookVolume notebook => [("log_volume_exact", notebook.LogVolumeExact), ("sensitivity", notebook.Sensitivity)],
        QuadraticVolume quadratic =>
            [("excess", quadratic.Excess), ("gradient_norm", quadratic.GradientNorm), ("newton_decrement", quadratic.NewtonDecrement), ("correction", quadratic.Correction)],
        FuzzyVolume fuzzy => [("temperature", fuzzy.Temperature), ("equivalent_threshold", fuzzy.EquivalentThreshold), ("effective_dimension", fuzzy.EffectiveDimension)],
        GaussianMeasure measure =>
        [
            ("log_probability_bits", measure.LogProbabilityBits),
            ("error", measure.Error),
            ("saddle_point", measure.SaddlePointFormula),
            ("next_term", measure.NextTerm),
            ("excess", measure.Excess),
            ("mean", measure.Mean),
            ("deviation", measure.Deviation),
        ],
        RayVolume rays => [("lower_bound", rays.LowerBound), ("effective_sample_size", rays.EffectiveSampleSize), ("non_monotone_share", rays.NonMonotoneShare), ("excess", rays.Crossings.Excess)],
        LevelVolume levels =>
        [
            ("lower_bound", levels.LowerBound),
            ("points", levels.Sampling.Points),
            ("populations", levels.Sampling.Populations),
            ("steps", levels.Sampling.Steps),
            ("levels", levels.Levels),
            ("spread", levels.Spread),
            ("height", levels.Height),
        ],
        _ => [],
    };

    private static double?[]? EndsOf(LogInterval? interval) => interval is { } ends ? [ends.Low, ends.High] : null;
}
