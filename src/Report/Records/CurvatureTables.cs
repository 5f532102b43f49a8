using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What products tell of the curvature of models, as tables: numbers with their intervals, eigenpairs, the tensors' traces, the cost.</summary>
public static class CurvatureTables
{
    /// <summary>The sections of all models that have such curvature.</summary>
    /// <param name="models">The models.</param>
    public static IEnumerable<Section> Sections(ImmutableArray<ModelRecord> models)
        => models.Where(model => model.Curvature is not null).SelectMany(model => Sections(model.Name, model.Curvature!));

    private static IEnumerable<Section> Sections(string name, CurvatureRecord curvature)
    {
        yield return new($"curvature-{name}", $"Curvature of {name} by products", NoteOf(curvature), new(
            ["", "value", "interval", "of what, or why there is none"], [.. Numbers(curvature)]));
        if (curvature.Pairs is { Found.IsEmpty: false } pairs)
            yield return new($"pairs-{name}", $"Eigenvalues of {name} at both ends", pairs.Reason, new(
                ["eigenvalue", "residual", "interval", "converged"], [.. pairs.Found.Select(Pair)]));
        if (curvature.TensorTraces is { IsEmpty: false } traces)
            yield return new($"traces-{name}", $"Traces of the tensors of {name}", Note: null, new(
                ["tensor", "parameters", "trace", "interval", "share", "how, or why there is none"], [.. traces.Select(Trace)]))
            { IsDetail = true };
        if (curvature.Volumes is { Count: > 0 } volumes)
        {
            foreach (Section section in DefinitionRecord.Sections(volumes, $"curvature-volumes-{name}", $"Volumes of {name}", note: null, further: []))
                yield return section;
        }

        if (curvature.Stages is { IsEmpty: false } stages)
            yield return new($"stages-{name}", $"What the stages of {name} took", Note: null, new(
                ["stage", "products", "seconds"], [.. stages.Select(stage => (ImmutableArray<string>)
                    [stage.Name, Cell.Of(stage.Products), Cell.Seconds(stage.Seconds)])]))
            {
                IsDetail = true,
            };
    }

    private static string? NoteOf(CurvatureRecord curvature)
    {
        string[] parts = [
            .. curvature.InsteadOfDense is { } reason ? new[] { $"{reason}." } : [],
            .. curvature.Complete == false ? new[] { "The job was interrupted; what it had found until then is here." } : [],
            .. curvature.Missing ?? []];
        return parts.Length == 0 ? null : string.Join(' ', parts);
    }

    private static IEnumerable<ImmutableArray<string>> Numbers(CurvatureRecord curvature)
    {
        string whole = curvature.Tensors is { } tensors ? $"the block of {Cell.Of(tensors)}" : "all parameters";
        string matrix = curvature.Matrix == "gauss-newton" ? "Gauss–Newton matrix" : "Hessian";
        yield return ["order", Cell.Of(curvature.Order), Cell.Nothing, $"{matrix} of {whole}"];
        yield return ["known zeros", Cell.Of(curvature.KnownZeros), Cell.Nothing, "follow from the network, and count exactly"];
        if (curvature.Trace is { } trace)
            yield return ["trace", Cell.Of(trace.Value), Cell.Ends(trace.Interval), trace.Reason ?? Products(trace.Products)];
        foreach (ShiftedLogDeterminantRecord determinant in curvature.LogDeterminants ?? [])
        {
            yield return Sampled($"log det({(curvature.Matrix == "gauss-newton" ? "G" : "H")} + {Cell.Brief(determinant.Shift)} I)", determinant);
            yield return [
                "the same without quadratures", Cell.Nothing, Cell.Ends(determinant.BaiGolub), determinant.BaiGolubReason ?? "Bai and Golub's bounds"];
        }

        foreach (EffectiveDimensionRecord dimension in curvature.EffectiveDimensions ?? [])
            yield return Sampled($"effective dimension at {Cell.Brief(dimension.Alpha)}", dimension);
        if (curvature.Inertia is { } inertia)
        {
            string zero = $"zero: up to {Cell.Brief(inertia.ZeroTolerance)} in magnitude";
            yield return ["negative eigenvalues", Counted(inertia.Negative), Cell.Ends(inertia.Negative), inertia.Reason ?? zero];
            yield return ["zero eigenvalues", Counted(inertia.Zero), Cell.Ends(inertia.Zero), inertia.Reason ?? zero];
            yield return ["positive eigenvalues", Counted(inertia.Positive), Cell.Ends(inertia.Positive), inertia.Reason ?? zero];
        }

        if (curvature.Distribution is { } distribution)
            yield return ["distribution of the eigenvalues", Cell.Nothing, Cell.Ends(distribution.Range), distribution.Reason ?? string.Create(
                CultureInfo.InvariantCulture,
                $"{distribution.Probes} probes of {distribution.Steps} steps; the band is {100 * distribution.WidestBand:g3} % of n at its widest")];
        yield return ["products", Cell.Of(curvature.Products), Cell.Nothing, "with a direction, in all stages"];
    }

    private static ImmutableArray<string> Sampled(string name, SampledRecord number)
        => [name, Cell.Of(number.Value), Cell.Ends(number.Interval), number.Reason ?? (number.Probes is { } probes ? $"{Cell.Of(probes)} probes" : "exact")];

    // A count between two numbers that are the same is known.
    private static string Counted(double?[]? ends) => ends is [{ } from, { } to] && from == to ? Cell.Of(from) : Cell.Nothing;

    private static string Products(long? products) => $"{Cell.Of(products)} products";

    private static ImmutableArray<string> Pair(RitzPairRecord pair)
        => [Cell.Of(pair.Value), Cell.Brief(pair.Residual), Cell.Ends(pair.Interval), pair.Converged == true ? "yes" : "no"];

    private static ImmutableArray<string> Trace(TensorTraceRecord trace) =>
    [
        trace.Name,
        Cell.Of(trace.Parameters),
        Cell.Of(trace.Trace),
        Cell.Ends(trace.Interval),
        trace.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:f2} %") : Cell.Nothing,
        trace.Reason ?? (trace.Exact == true ? "its block" : "random probes"),
    ];
}
