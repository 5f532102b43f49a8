using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary><c>volume.json</c>: every definition of a basin's volume. A definition that does not apply stays with its reason.</summary>
public sealed record VolumeRecord : IRunRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>volume</c>.</summary>
    public string? Command { get; init; } = "volume";

    /// <summary>The command that asks for the same again, without the folder for the results.</summary>
    public string? CommandLine { get; init; }

    /// <summary>n.</summary>
    public int? Parameters { get; init; }

    /// <summary>At the weights, with the penalty where it is included; null if not known.</summary>
    public double? Loss { get; init; }

    /// <summary>How the run's weights do, as in <c>result.json</c>; null for anyone's matrix, and for weights that were moved.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>T or ΔT, as it was used.</summary>
    public double? Threshold { get; init; }

    /// <summary><c>absolute</c> or <c>excess</c>.</summary>
    public string? ThresholdKind { get; init; }

    /// <summary>From the first file read to the last value.</summary>
    public double? Seconds { get; init; }

    /// <summary>The Hessian.</summary>
    public VolumeHessianRecord? Hessian { get; init; }

    /// <summary>The constants of all definitions.</summary>
    public VolumeConstantsRecord? Constants { get; init; }

    /// <summary>The definitions by their names (<see href="volume.md"/>).</summary>
    public IReadOnlyDictionary<string, DefinitionRecord>? Definitions { get; init => field = Elements.Known(value); }

    /// <summary>What more was found along rays; null if none were followed.</summary>
    public RaysRecord? Rays { get; init; }

    /// <summary>The definitions over ranges of their constants.</summary>
    public SweepsRecord? Sweeps { get; init; }

    /// <summary>How the weights were moved to a stationary point; null without <c>--converge</c>.</summary>
    public ConvergeRecord? Converge { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <summary>What the job wrote, as in <c>result.json</c>.</summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }

    /// <inheritdoc/>
    public IRunRecord With(ImmutableArray<WrittenFile> files) => this with { Files = files };

    /// <inheritdoc/>
    public IEnumerable<string> Hessians() => new[] { Hessian?.Sha256, Hessian?.Point }.OfType<string>();

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Asked() => Constants?.Rows() ?? [];

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed(
            $"volumes of {Cell.Of(Hessian?.Name)}, {Cell.Of(Parameters)} parameters, {ThresholdName} = {Cell.Brief(Threshold)}"),
        .. AnswerTexts.Weights(Evaluation?.Said ?? AnswerTexts.Loss(Loss)),
        .. AnswerTexts.Curvature(AnswerTexts.Joined(
            Hessian?.Max is { } largest ? $"λ_max {Cell.Brief(largest)}" : null,
            AnswerTexts.Inertia(Hessian?.Inertia) ?? AnswerTexts.Inertia(Hessian?.Positive, Hessian?.Zero, Hessian?.Negative),
            AnswerTexts.Gradient(Hessian?.GradientNorm))),
        .. AnswerTexts.Volume(VolumeAnswer.Of(Definitions)),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        .. DefinitionRecord.Sections(
            Definitions ?? new Dictionary<string, DefinitionRecord>(),
            "volumes",
            $"Volumes of {Cell.Of(Hessian?.Name)}, threshold {Cell.Brief(Threshold)} {Cell.Of(ThresholdKind)}",
            Rays?.Agreement,
            Rays?.Rows() ?? []),
        .. Rays is { } rays ? [rays.ToSection()] : Array.Empty<Section>(),
        .. Converge?.Sections(Definitions) ?? [],
        .. Sweeps?.Sections() ?? [],
    ];

    private string ThresholdName => ThresholdKind == "excess" ? "ΔT" : "T";

    /// <inheritdoc/>
    public IEnumerable<Section> SelfCheck() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Provenance()
        => [("precision", Cell.Of(Hessian?.Precision)), .. Versions?.Rows() ?? [], ("seconds in all", Cell.Of(Seconds))];
}

/// <summary>The Hessian that volumes are about.</summary>
public sealed record VolumeHessianRecord : MatrixRecord
{
    /// <summary>Eigenvalues of at most this magnitude are zero.</summary>
    public double? ZeroTolerance { get; init; }

    /// <summary>|g| at the weights; null where the gradient is not known.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>The largest eigenvalue; null where it is not known.</summary>
    public double? Max { get; init; }

    /// <summary>How many eigenvalues lie above the tolerance.</summary>
    public int? Positive { get; init; }

    /// <summary>How many are zero.</summary>
    public int? Zero { get; init; }

    /// <summary>How many lie below minus the tolerance.</summary>
    public int? Negative { get; init; }

    /// <summary>Of a Hessian that was told by products: what it can be recognised by in its place, by weights and samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Point { get; init; }

    /// <summary>Of a Hessian that was told by products: the random directions whose quadratures they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Probes { get; init; }

    /// <summary>Of such a Hessian the three counts, each between two numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InertiaRecord? Inertia { get; init; }
}

/// <summary>The constants of all definitions.</summary>
public sealed record VolumeConstantsRecord
{
    /// <summary>λ.</summary>
    public double? WeightDecay { get; init; }

    /// <summary><c>excluded</c> or <c>included</c>: whether ½λ|θ|² is part of the loss whose basin is measured.</summary>
    public string? Penalty { get; init; }

    /// <summary>k of the shifted quadratic.</summary>
    public double? K { get; init; }

    /// <summary>σ of the prior.</summary>
    public double? Sigma { get; init; }

    /// <summary>The file with a σ for each parameter, or null.</summary>
    public string? SigmaFile { get; init; }

    /// <summary><c>origin</c> or <c>weights</c>: μ₀ of the prior.</summary>
    public string? PriorCentre { get; init; }

    /// <summary>s of the fuzzy volume.</summary>
    public double? Temperature { get; init; }

    /// <summary><c>weights</c> or <c>minimum</c>: around which point the quadratic basin was taken.</summary>
    public string? Centre { get; init; }

    /// <summary>The same as rows of a table.</summary>
    internal IEnumerable<(string Name, string Value)> Rows() =>
    [
        ("weight decay", Cell.Of(WeightDecay)),
        ("penalty", Cell.Of(Penalty)),
        ("k", Cell.Of(K)),
        ("σ", SigmaFile ?? Cell.Of(Sigma)),
        ("prior centre", Cell.Of(PriorCentre)),
        ("temperature", Cell.Of(Temperature)),
        ("centre", Cell.Of(Centre)),
    ];
}

/// <summary>
/// The definitions over ranges of their constants. A column has an element for each place: a number, or the two ends of an interval;
/// null where there is no value.
/// </summary>
public sealed record SweepsRecord
{
    private static readonly string[] Further =
        ["_standard_error", "_interval", "_effective_sample_size", "_lower_bound", "_slope", "_slope_standard_error", "_reason"];

    /// <summary>
    /// Over thresholds ⅛ … 8 times the rise: <c>threshold</c>, <c>excess</c>, a column for each definition that is swept, the fuzzy one at the temperature that
    /// corresponds to the rise. For <c>rays</c> and <c>rays_lebesgue</c>, each with up to 100 rays shaped for its threshold, also <c>_standard_error</c>,
    /// <c>_interval</c>, <c>_effective_sample_size</c>, <c>_lower_bound</c>, and <c>_slope</c> d log V/d log ΔT with <c>_slope_standard_error</c>.
    /// A definition of a Hessian that was told by products has <c>_interval</c> as well, and one without a value at any place <c>_reason</c>.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Threshold { get; init; }

    /// <summary>Over k from 10⁻³ to 10³ times its value: <c>k</c>, <c>fuzzy</c> at temperature k, and <c>notebook</c>; the others have no k.</summary>
    public IReadOnlyDictionary<string, JsonElement>? K { get; init; }

    /// <summary>The values as tables: a column for each definition with a value anywhere.</summary>
    internal IEnumerable<Section> Sections() =>
    [
        .. Sweep(Threshold, "threshold", "threshold", "Volumes over the threshold, in nats"),
        .. Sweep(K, "k", "k", "Volumes over k, in nats"),
    ];

    private static IEnumerable<Section> Sweep(IReadOnlyDictionary<string, JsonElement>? columns, string over, string id, string title)
    {
        if (columns?.GetValueOrDefault(over) is not { ValueKind: JsonValueKind.Array } places)
            yield break;
        KeyValuePair<string, JsonElement>[] values = [.. columns.Where(column => column.Key == over || IsOfDefinition(column))];
        yield return new($"sweep-{id}", title, Note: null, new(
            [.. values.Select(column => column.Key == over ? over : DefinitionNames.Of(column.Key))],
            [.. Enumerable.Range(0, places.GetArrayLength()).Select(place => values.Select(column => CellOf(column.Value, place)).ToImmutableArray())]))
        {
            IsDetail = true,
        };
    }

    // What else a definition has over the places ends with what it is.
    private static bool IsOfDefinition(KeyValuePair<string, JsonElement> column)
        => column.Value.ValueKind == JsonValueKind.Array
            && column.Key != "excess"
            && !Further.Any(ending => column.Key.EndsWith(ending, StringComparison.Ordinal))
            && column.Value.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Number);

    private static string CellOf(JsonElement column, int place)
        => place < column.GetArrayLength() && column[place] is { ValueKind: JsonValueKind.Number } value ? Cell.Of(value.GetDouble()) : Cell.Nothing;
}
