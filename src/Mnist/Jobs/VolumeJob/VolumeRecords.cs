using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Basins;
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
        Parameters = result.Model.Dimension,
        Loss = result.Model.Loss,
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

    private static VolumeHessianRecord HessianOf(VolumeResult result) => new()
    {
        Name = result.Source.Name,
        File = Path.GetFullPath(result.Source.File),
        Sha256 = result.Source.HessianSha256,
        Precision = ChoiceNames.Of(result.Source.Read.Precision),
        Asymmetry = result.Source.Read.Asymmetry,
        AsymmetryTolerance = result.Source.Read.AsymmetryTolerance,
        StatedZeroTolerance = result.Source.Read.Exactness.StatedZeroTolerance,
        ZeroTolerance = result.Model.Hessian.ZeroTolerance,
        GradientNorm = result.Source.Gradient is null ? null : result.Model.GradientNorm,
        Positive = result.Model.Hessian.Inertia.Positive,
        Zero = result.Model.Hessian.Inertia.Zero,
        Negative = result.Model.Hessian.Inertia.Negative,
    };

    private static VolumeConstantsRecord ConstantsOf(VolumeResult result) => new()
    {
        WeightDecay = result.Setting.Notebook.WeightDecay,
        Penalty = ChoiceNames.Of(result.Options.Penalty),
        K = result.Setting.Notebook.PriorWeight,
        Sigma = result.Setting.Prior.Deviation,
        SigmaFile = result.Source.Deviations is null ? null : Path.GetFullPath(result.Options.DeviationsFile!),
        PriorCentre = Names.Of(result.Setting.Prior.Centre),
        Temperature = result.Setting.Temperature,
        Centre = Names.Of(result.Options.Centre),
    };

    private static Dictionary<string, DefinitionRecord> DefinitionsOf(ImmutableArray<VolumeEntry> entries)
        => entries.ToDictionary(entry => entry.Name, DefinitionRecord.Of);

    private static RaysRecord Of(RayResult rays, ImmutableArray<VolumeEntry> entries) => new()
    {
        Rays = rays.Gaussian.Crossings.Rays.Length,
        Preconditioner = rays.Gaussian.Crossings.Preconditioner,
        PriorCentre = Names.Of(rays.Gaussian.Prior!.Centre),
        QuadraticLogProbability = rays.Quadratic.LogValue,
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
            Points = rays.Draws.Count,
            Inside = rays.Draws.Inside,
            LogProbability = rays.Draws.LogShare,
            StandardError = rays.Draws.StandardError,
            Interval = [.. OptionalInterval.EndsOf(rays.Draws.Interval)!],
            MeanRise = rays.Draws.MeanRise,
            MeanRiseStandardError = rays.Draws.MeanRiseError,
            QuadraticMeanRise = entries.Select(entry => entry.Definition).OfType<GaussianMeasure>().First().Mean,
        },
        Switched = rays.Switched is { } switched ? new() { Relus = switched.Relus, MaxPools = switched.MaxPools } : null,
    };

    private static SweepsRecord Of(VolumeSweep sweep)
    {
        var threshold = new Dictionary<string, JsonElement> { ["threshold"] = Column(sweep.Thresholds), ["excess"] = Column(sweep.Excesses) };
        foreach (VolumeCurve curve in sweep.OverThreshold)
            threshold[curve.Name] = Column(curve.Values);
        foreach (RayCurve curve in sweep.Rays)
        {
            threshold[curve.Name] = Column(curve, point => point.Volume.LogValue);
            threshold[curve.Name + "_standard_error"] = Column(curve, point => point.Volume.StandardError);
            threshold[curve.Name + "_interval"] = JsonSerializer.SerializeToElement(
                [.. curve.Points.Select(point => OptionalInterval.EndsOf(point.Volume.Interval))], RunJson.Default.NullableDoubleArrayArray);
            threshold[curve.Name + "_effective_sample_size"] = Column(curve, point => point.Volume.EffectiveSampleSize);
            threshold[curve.Name + "_lower_bound"] = Column(curve, point => point.Volume.LowerBound);
            threshold[curve.Name + "_slope"] = Column(curve, point => point.Slope);
            threshold[curve.Name + "_slope_standard_error"] = Column(curve, point => point.SlopeError);
        }

        var weight = new Dictionary<string, JsonElement> { ["k"] = Column(sweep.PriorWeights) };
        foreach (VolumeCurve curve in sweep.OverPriorWeight)
            weight[curve.Name] = Column(curve.Values);
        return new() { Threshold = threshold, K = weight };
    }

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
