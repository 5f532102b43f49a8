using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>What <c>volume.json</c> says, from what the job found.</summary>
internal static class VolumeRecords
{
    /// <summary>The record.</summary>
    public static VolumeRecord Of(VolumeResult result) => new()
    {
        CommandLine = result.Options.CommandLine,
        Parameters = result.Quadratic.Dimension,
        Loss = result.Quadratic.Loss,
        Evaluation = result.Convergence is null ? result.Source.Model?.Evaluation : null,
        Threshold = result.Setting.Threshold.Value,
        ThresholdKind = Names.Of(result.Setting.Threshold.Kind),
        Seconds = result.Seconds,
        Hessian = HessianOf(result),
        Constants = ConstantsOf(result),
        Definitions = DefinitionsOf(result.Entries),
        Rays = result.Rays is { } rays ? Of(rays, result.Entries) : null,
        Sweeps = Of(result.Sweep),
        Converge = result.Convergence is { } convergence ? Of(convergence, result) : null,
        Versions = ResultRecords.Versions,
    };

    private static VolumeHessianRecord HessianOf(VolumeResult result)
    {
        var common = new VolumeHessianRecord
        {
            Name = result.Source.Name,
            File = Path.GetFullPath(result.Source.File),
            ZeroTolerance = result.Quadratic.ZeroTolerance,
            GradientNorm = result.Source.Gradient is null ? null : result.Quadratic.GradientNorm,
        };
        return result.Source is DenseSource held ? Of(common, held, result.Quadratic) : Of(common, (ProductSource)result.Source, result);
    }

    private static VolumeHessianRecord Of(VolumeHessianRecord common, DenseSource source, QuadraticFacts quadratic) => common with
    {
        Sha256 = source.HessianSha256,
        Precision = ChoiceNames.Of(source.Read.Precision),
        Asymmetry = source.Read.Asymmetry,
        AsymmetryTolerance = source.Read.AsymmetryTolerance,
        StatedZeroTolerance = source.Read.Exactness.StatedZeroTolerance,
        Max = quadratic.Largest,
        Positive = quadratic.Inertia?.Positive.From,
        Zero = quadratic.Inertia?.Zero.From,
        Negative = quadratic.Inertia?.Negative.From,
    };

    private static VolumeHessianRecord Of(VolumeHessianRecord common, ProductSource source, VolumeResult result) => common with
    {
        Precision = ChoiceNames.Of(source.Model!.Precision),
        StatedZeroTolerance = result.Options.Exactness.ZeroTolerance,
        Point = source.Model.Point,
        Probes = source.Kept.Probes.Length,
        Max = result.Convergence is null ? source.Kept.Record.Pairs?.Largest() + result.Setting.AddedDecay : null,
        Inertia = result.Quadratic.Inertia is var (positive, zero, negative)
            ? new()
            {
                ZeroTolerance = result.Quadratic.ZeroTolerance,
                Positive = [positive.From, positive.To],
                Zero = [zero.From, zero.To],
                Negative = [negative.From, negative.To],
            }
            : new() { Reason = "An added penalty moves all eigenvalues, and the run's products tell how many lie on either side of 0 without it." },
    };

    private static VolumeConstantsRecord ConstantsOf(VolumeResult result) => new()
    {
        WeightDecay = result.Setting.Notebook.WeightDecay,
        Penalty = ChoiceNames.Of(result.Options.Penalty),
        K = result.Setting.Notebook.PriorWeight,
        Sigma = result.Setting.Prior.Deviation,
        SigmaFile = result.Source is not DenseSource { Deviations: not null } ? null : Path.GetFullPath(result.Options.DeviationsFile!),
        PriorCentre = Names.Of(result.Setting.Prior.Centre),
        Temperature = result.Setting.Temperature,
        Centre = Names.Of(result.Options.Centre),
    };

    private static Dictionary<string, DefinitionRecord> DefinitionsOf(ImmutableArray<VolumeEntry> entries)
        => entries.ToDictionary(entry => entry.Name, DefinitionRecord.Of);

    // The quadratic's measure, under whose prior points are drawn.
    private static IVolumeDefinition Measure(ImmutableArray<VolumeEntry> entries)
        => entries.Select(entry => entry.Definition).First(definition => definition is IPriorRise)!;

    private static RaysRecord Of(RayResult rays, ImmutableArray<VolumeEntry> entries) => new()
    {
        Rays = rays.Gaussian.Crossings.Rays.Length,
        Preconditioner = rays.Gaussian.Crossings.Preconditioner,
        PriorCentre = Names.Of(rays.Gaussian.Prior!.Centre),
        QuadraticLogProbability = rays.Quadratic.LogValue,
        QuadraticInterval = rays.Quadratic.IsSampled ? new(OptionalInterval.EndsOf(rays.Quadratic.Interval)) : null,
        Reached = rays.Gaussian.Crossings.Count(RayOutcome.Reached),
        NeverReached = rays.Gaussian.Crossings.Count(RayOutcome.NeverReached),
        NotANumber = rays.Gaussian.Crossings.Count(RayOutcome.NotANumber),
        NonMonotone = rays.Gaussian.Crossings.NonMonotone,
        Evaluations = rays.Evaluations,
        Seconds = rays.Seconds,
        Lebesgue = DefinitionRecord.Of(VolumeEntry.Of(rays.Lebesgue)),
        QuadraticSurface = rays.Reach is { } reach
            ? new() { Points = reach.Ratios.Length, Unreached = reach.Unreached, MeanRatio = reach.MeanRatio, ShareInside = reach.ShareInside }
            : null,
        PriorDraws = new()
        {
            Prior = Measure(entries).PriorNotation,
            Points = rays.Draws.Count,
            Inside = rays.Draws.Inside,
            LogProbability = rays.Draws.LogShare,
            StandardError = rays.Draws.StandardError,
            Interval = [.. OptionalInterval.EndsOf(rays.Draws.Interval)!],
            MeanRise = rays.Draws.MeanRise,
            MeanRiseStandardError = rays.Draws.MeanRiseError,
            QuadraticMeanRise = ((IPriorRise)Measure(entries)).MeanRise,
        },
        Switched = rays.Switched is { } switched ? new() { Relus = switched.Relus, MaxPools = switched.MaxPools } : null,
    };

    private static SweepsRecord Of(VolumeSweep sweep)
    {
        var threshold = new Dictionary<string, JsonElement> { ["threshold"] = Column(sweep.Thresholds), ["excess"] = Column(sweep.Excesses) };
        foreach (VolumeCurve curve in sweep.OverThreshold)
            Add(threshold, curve);
        foreach (RayCurve curve in sweep.Rays)
        {
            threshold[curve.Name] = Column(curve, point => point.Volume.LogValue);
            threshold[curve.Name + "_standard_error"] = Column(curve, point => point.Volume.StandardError);
            threshold[curve.Name + "_interval"] = Column(curve.Points.Select(point => point.Volume.Interval));
            threshold[curve.Name + "_effective_sample_size"] = Column(curve, point => point.Volume.EffectiveSampleSize);
            threshold[curve.Name + "_lower_bound"] = Column(curve, point => point.Volume.LowerBound);
            threshold[curve.Name + "_slope"] = Column(curve, point => point.Slope);
            threshold[curve.Name + "_slope_standard_error"] = Column(curve, point => point.SlopeError);
        }

        var weight = new Dictionary<string, JsonElement> { ["k"] = Column(sweep.PriorWeights) };
        foreach (VolumeCurve curve in sweep.OverPriorWeight)
            Add(weight, curve);
        return new() { Threshold = threshold, K = weight };
    }

    // A definition that is sampled has intervals, and one without any value a reason.
    private static void Add(Dictionary<string, JsonElement> columns, VolumeCurve curve)
    {
        columns[curve.Name] = Column(curve.Values);
        if (!curve.Intervals.IsEmpty)
            columns[curve.Name + "_interval"] = Column(curve.Intervals);
        if (curve.Reason is { } reason)
            columns[curve.Name + "_reason"] = JsonSerializer.SerializeToElement(reason, RunJson.Default.String);
    }

    private static JsonElement Column(IEnumerable<LogInterval?> intervals)
        => JsonSerializer.SerializeToElement([.. intervals.Select(OptionalInterval.EndsOf)], RunJson.Default.NullableDoubleArrayArray);

    private static JsonElement Column(IEnumerable<double> values) => Column(values.Select(value => (double?)value));

    private static JsonElement Column(RayCurve curve, Func<RaySweepPoint, double?> value) => Column(curve.Points.Select(value));

    private static JsonElement Column(IEnumerable<double?> values) => JsonSerializer.SerializeToElement([.. values], RunJson.Default.NullableDoubleArray);

    private static ConvergeRecord Of(Convergence convergence, VolumeResult result) => new()
    {
        Outcome = Names.Of(convergence.Point.End),
        Reason = convergence.Outcome,
        Tolerance = convergence.Options.Tolerance,
        LossBefore = convergence.Point.Start.Loss,
        Loss = convergence.Point.Last.Loss,
        GradientNormBefore = convergence.Point.Start.GradientNorm,
        GradientNorm = convergence.Point.Last.GradientNorm,
        Distance = convergence.Point.Distance,
        Seconds = convergence.Seconds,
        Weights = $"weights-{result.Source.Name}-converged",
        Steps = [.. convergence.Point.Steps.Select(step => new NewtonStepRecord
        {
            Loss = step.Loss,
            GradientNorm = step.GradientNorm,
            Length = step.Length,
            Radius = step.Radius,
            Products = step.Products,
        })],
        Before = DefinitionsOf(convergence.Before),
    };
}
