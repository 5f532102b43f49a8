using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Traces;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>What a model's record says of curvature by products, from what was found.</summary>
internal static class MatrixFreeRecords
{
    /// <summary>A model with its curvature: loss and gradient where other jobs have them, and all else under a key of its own.</summary>
    public static ModelRecord Of(ModelRecord model, MatrixFreeResult result, JobOptions options) => model with
    {
        Hessian = new()
        {
            Loss = result.Loss,
            Weighting = ChoiceNames.Of(options.Weighting),
            Penalty = ChoiceNames.Of(options.Penalty),
            WeightDecay = result.WeightDecay,
            GradientNorm = result.GradientNorm,
        },
        Verification = [.. result.Zeros.Checks.Where(check => check.Applies).Select(CheckRecord.Of)],
        Curvature = Of(model.Name, result),
    };

    private static CurvatureRecord Of(string model, MatrixFreeResult result)
    {
        MatrixFreeCurvature known = result.Curvature!;
        return new()
        {
            Matrix = ChoiceNames.Of(result.Request.Matrix),
            Tensors = result.Request.Tensors.IsEmpty ? null : result.Request.Tensors,
            Order = known.Order,
            InsteadOfDense = result.InsteadOfDense,
            Complete = !result.IsInterrupted,
            Missing = result.Missing,
            KnownZeros = known.KnownZeros,
            Pairs = known.Pairs is { } pairs ? Of(pairs) : null,
            Trace = known.Trace is { } trace ? Of(trace) : null,
            TensorTraces = result.Traces.IsEmpty ? null : result.Traces,
            Distribution = known is { Distribution: { } distribution, Quadratures: { } probes } ? Of(model, distribution, probes) : null,
            Quadratures = known.Quadratures is { } kept ? Of(model, kept, result.Model) : null,
            Inertia = known.Inertia is { } inertia ? Of(inertia) : null,
            LogDeterminants = known.Quadratures is null ? null : [.. known.LogDeterminants.Zip(known.Bounds, Of)],
            EffectiveDimensions = known.Quadratures is null ? null : [.. known.EffectiveDimensions.Select(Of)],
            Volumes = result.Volumes.IsEmpty ? null : result.Volumes.ToDictionary(entry => entry.Name, DefinitionRecord.Of),
            Products = result.Stages.Sum(stage => stage.Products),
            Stages = [.. result.Stages.Select(stage => new StageRecord { Name = stage.Name, Products = stage.Products, Seconds = stage.Seconds })],
            Options = Of(known.Options),
        };
    }

    private static RitzPairsRecord Of(RitzPairs pairs) => new()
    {
        Found = [.. pairs.Pairs.Select(pair => new RitzPairRecord
        {
            Value = pair.Value,
            Residual = pair.Residual,
            Interval = IntervalEnds.Of(pair.Interval),
            Converged = pair.IsConverged,
        })],
        FromBelow = pairs.FromBelow,
        Products = pairs.Products,
        Restarts = pairs.Restarts,
        Reason = pairs.Reason,
    };

    private static TraceRecord Of(TraceEstimate trace) => new()
    {
        Value = trace.Value,
        Interval = trace.Interval is { } interval ? IntervalEnds.Of(interval) : null,
        StandardError = trace.StandardError,
        Products = trace.Products,
        Reason = trace.Reason,
    };

    /// <summary>The tensors' traces; a penalty adds λ for each parameter.</summary>
    public static ImmutableArray<TensorTraceRecord> Of(TensorTraces traces, double weightDecay)
    {
        double? sum = traces.Tensors.All(trace => trace.Value is not null)
            ? traces.Tensors.Sum(trace => trace.Value!.Value + (weightDecay * trace.Tensor.Size))
            : null;
        return [.. traces.Tensors.Select(trace => Of(trace, weightDecay * trace.Tensor.Size, sum, traces.Reason))];
    }

    private static TensorTraceRecord Of(TensorTrace trace, double added, double? sum, string? reason) => new()
    {
        Name = trace.Tensor.Name,
        Parameters = trace.Tensor.Size,
        Trace = trace.Value + added,
        Interval = trace.Interval is { } interval ? IntervalEnds.Of(interval + added) : null,
        StandardError = trace.StandardError,
        Exact = trace.IsExact,
        Share = sum is { } whole && whole != 0 ? (trace.Value + added) / whole : null,
        Reason = trace.IsExact ? null : reason,
    };

    private static DistributionRecord Of(string model, SpectralDistribution distribution, ProbeQuadratures probes) => new()
    {
        Probes = probes.Probes.Length,
        Steps = probes.Probes.Select(probe => probe.Nodes.Length).DefaultIfEmpty(0).Max(),
        File = $"distribution-{model}.npy",
        Range = IntervalEnds.Of(new(probes.Lower.Value, probes.Upper.Value)),
        WidestBand = distribution.Points.Max(point => point.Count.Interval.Width) / distribution.Order,
    };

    private static QuadraturesRecord Of(string model, ProbeQuadratures kept, EstimatedModel? second) => new()
    {
        File = $"quadratures-{model}.npy",
        UnitRoundoff = kept.UnitRoundoff,
        GradientFile = second is null ? null : $"gradient-quadratures-{model}.npy",
        SquaredLength = second?.Gradient.SquaredLength,
        OriginSquaredLength = second?.Origin!.Gradient.SquaredLength,
        OriginRise = second?.Origin!.Rise,
    };

    /// <summary>Inertia as a record.</summary>
    public static InertiaRecord Of(InertiaBand inertia) => new()
    {
        ZeroTolerance = inertia.Tolerance,
        Negative = EndsOf(inertia.Negative),
        Zero = EndsOf(inertia.Zero),
        Positive = EndsOf(inertia.Positive),
    };

    private static double?[] EndsOf(CountRange range) => [range.From, range.To];

    private static ShiftedLogDeterminantRecord Of(LogDeterminantEstimate estimate, BaiGolubBounds bounds) => new()
    {
        Shift = estimate.Shift,
        Value = estimate.Value?.Value,
        Interval = EndsOf(estimate.Value?.Interval),
        Bracket = EndsOf(estimate.Value?.Bracket),
        StandardError = estimate.Value?.StandardError,
        Probes = estimate.Value?.Probes,
        Reason = estimate.Reason,
        BaiGolub = EndsOf(bounds.Bounds),
        BaiGolubReason = bounds.Reason,
    };

    private static EffectiveDimensionRecord Of(EffectiveDimensionEstimate estimate) => new()
    {
        Alpha = estimate.Alpha,
        Value = estimate.Value?.Value,
        Interval = EndsOf(estimate.Value?.Interval),
        Bracket = EndsOf(estimate.Value?.Bracket),
        StandardError = estimate.Value?.StandardError,
        Probes = estimate.Value?.Probes,
        Reason = estimate.Reason,
    };

    private static double?[]? EndsOf(Interval? interval) => interval is { } ends ? IntervalEnds.Of(ends) : null;

    private static CurvatureOptionsRecord Of(MatrixFreeOptions options) => new()
    {
        Largest = options.Largest,
        Smallest = options.Smallest,
        Tolerance = options.Tolerance,
        TraceTolerance = options.TraceTolerance,
        Probes = options.Probes,
        Steps = options.Steps,
        MostProducts = options.MostProducts,
        Seed = (long)options.Seed,
    };
}
