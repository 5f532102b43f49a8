using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary><c>landscape.json</c>: the loss along directions and over a plane. A loss that is not finite is null.</summary>
public sealed record LandscapeRecord : IRunRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>landscape</c>.</summary>
    public string? Command { get; init; } = "landscape";

    /// <summary>The command that asks for the same again, without the folder for the results.</summary>
    public string? CommandLine { get; init; }

    /// <summary>From the first file read to the last picture.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the model is called.</summary>
    public string? Model { get; init; }

    /// <summary>The folder of its run.</summary>
    public string? Run { get; init; }

    /// <summary>What its Hessian can be recognised by, as in <c>result.json</c>.</summary>
    public string? HessianSha256 { get; init; }

    /// <summary>Of a Hessian that was told by products: what it can be recognised by in its place, by weights and samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Point { get; init; }

    /// <summary>n.</summary>
    public int? Parameters { get; init; }

    /// <summary>The loss at the weights.</summary>
    public double? Loss { get; init; }

    /// <summary>How the weights do, as in <c>result.json</c>.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>What the device computed in.</summary>
    public string? Precision { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>What random directions were drawn from.</summary>
    public long? Seed { get; init; }

    /// <summary>The loss along each direction.</summary>
    public ImmutableArray<LineRecord>? Lines { get; init => field = Elements.Known(value); }

    /// <summary>The plane; null if there is none.</summary>
    public PlaneRecord? Plane { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <summary>What the job wrote, as in <c>result.json</c>.</summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }

    /// <inheritdoc/>
    public IRunRecord With(ImmutableArray<WrittenFile> files) => this with { Files = files };

    /// <inheritdoc/>
    public IEnumerable<string> Hessians() => new[] { HessianSha256, Point }.OfType<string>();

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Asked() => [("seed", Cell.Of(Seed))];

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed(
            $"loss of {Cell.Of(Model)} along {Cell.Of(Lines?.Length)} directions{(Plane is null ? string.Empty : " and over a plane")}, "
            + $"{Cell.Of(Parameters)} parameters"),
        .. AnswerTexts.Weights(Evaluation?.Said ?? AnswerTexts.Loss(Loss)),
        .. (Lines ?? []).Where(line => line.Name == "leading-1").SelectMany(line => AnswerTexts.Curvature($"λ_max {Cell.Brief(line.Curvature)}")),
        .. (Lines ?? []).Where(line => line.Lowest is not null).OrderBy(line => line.Lowest).Take(1).Select(LowestOf),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        new("landscape", $"Landscape of {Cell.Of(Model)}, loss {Cell.Brief(Loss)} at the weights", Note: null, new(
            ["direction", "slope", "curvature", "from … to", "lowest loss", "true loss there", "quadratic model there"],
            [.. (Lines ?? []).Select(line => line.Cells())])),
    ];

    private AnswerLine LowestOf(LineRecord line)
        => new("lowest", $"loss {Cell.Brief(line.Lowest)} along {line.Name}, {Cell.Brief(Loss - line.Lowest)} below that of the weights");

    /// <inheritdoc/>
    public IEnumerable<Section> SelfCheck() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Provenance()
        => [.. Device?.Rows() ?? [], ("precision", Cell.Of(Precision)), .. Versions?.Rows() ?? [], ("seconds in all", Cell.Of(Seconds))];
}

/// <summary>The loss along a direction.</summary>
public sealed record LineRecord
{
    /// <summary>What the direction is called.</summary>
    public required string Name { get; init; }

    /// <summary>gᵀv.</summary>
    public double? Slope { get; init; }

    /// <summary>vᵀHv.</summary>
    public double? Curvature { get; init; }

    /// <summary>t, ascending, in the units of the weights.</summary>
    public ImmutableArray<double>? Places { get; init; }

    /// <summary>The true loss at each.</summary>
    public ImmutableArray<double>? Losses { get; init; }

    /// <summary>The quadratic model at each.</summary>
    public ImmutableArray<double>? Quadratic { get; init; }

    /// <summary>What is said of one.</summary>
    public static LineRecord Of(LossLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new()
        {
            Name = line.Direction.Name,
            Slope = line.Direction.Slope,
            Curvature = line.Direction.Curvature,
            Places = line.Places,
            Losses = line.Losses,
            Quadratic = line.Quadratic,
        };
    }

    /// <summary>The lowest loss; null where none is finite.</summary>
    internal double? Lowest => (Losses ?? []).Where(double.IsFinite).Select(loss => (double?)loss).Min();

    // Four digits tell how far one is from the other.
    private static string Ends(ImmutableArray<double>? values)
        => values is { IsDefaultOrEmpty: false } list ? $"{Cell.Brief(list[0])} … {Cell.Brief(list[^1])}" : Cell.Nothing;

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells() => [Name, Cell.Of(Slope), Cell.Of(Curvature), Ends(Places), Cell.Of(Lowest), Ends(Losses), Ends(Quadratic)];
}

/// <summary>The loss over a plane; its values are in <c>plane.npy</c>.</summary>
public sealed record PlaneRecord
{
    /// <summary>The direction across.</summary>
    public string? Across { get; init; }

    /// <summary>The direction up.</summary>
    public string? Up { get; init; }

    /// <summary>s, ascending.</summary>
    public ImmutableArray<double>? PlacesAcross { get; init; }

    /// <summary>t, ascending.</summary>
    public ImmutableArray<double>? PlacesUp { get; init; }

    /// <summary>The lowest loss.</summary>
    public double? Lowest { get; init; }

    /// <summary>The highest.</summary>
    public double? Highest { get; init; }

    /// <summary>What is said of one.</summary>
    public static PlaneRecord Of(LossPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        return new()
        {
            Across = plane.Across.Name,
            Up = plane.Up.Name,
            PlacesAcross = plane.PlacesAcross,
            PlacesUp = plane.PlacesUp,
            Lowest = plane.Losses.Values.Min(),
            Highest = plane.Losses.Values.Max(),
        };
    }
}
