using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What more was found along rays.</summary>
public sealed record RaysRecord
{
    /// <summary>How many were followed.</summary>
    public int? Rays { get; init; }

    /// <summary>What their directions were shaped by.</summary>
    public string? Preconditioner { get; init; }

    /// <summary>μ₀ of the rays' prior.</summary>
    public string? PriorCentre { get; init; }

    /// <summary>The quadratic's log probability under it.</summary>
    public double? QuadraticLogProbability { get; init; }

    /// <summary>Where that lies with 95 % confidence, of a Hessian that was told by products.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptionalInterval? QuadraticInterval { get; init; }

    /// <summary>How many rays left the basin.</summary>
    public int? Reached { get; init; }

    /// <summary>How many never did.</summary>
    public int? NeverReached { get; init; }

    /// <summary>On how many the loss became no number.</summary>
    public int? NotANumber { get; init; }

    /// <summary>On how many the loss did not only rise.</summary>
    public int? NonMonotone { get; init; }

    /// <summary>At how many weight vectors the loss was evaluated.</summary>
    public long? Evaluations { get; init; }

    /// <summary>Seconds for all of it.</summary>
    public double? Seconds { get; init; }

    /// <summary>
    /// The volume in parameter units from the same crossings (with deviations per parameter: in units of those), with the keys of a definition and an effective
    /// sample size of its own.
    /// </summary>
    public DefinitionRecord? Lebesgue { get; init; }

    /// <summary>The true loss where the quadratic reaches the threshold; null where no ray was followed.</summary>
    public QuadraticSurfaceRecord? QuadraticSurface { get; init; }

    /// <summary>As many points drawn from the prior as there are rays.</summary>
    public PriorDrawsRecord? PriorDraws { get; init; }

    /// <summary>
    /// The share of kinks, counted for each sample, that are in another piece at the crossing than at the weights; null for a network without.
    /// </summary>
    public SwitchedRecord? Switched { get; init; }

    /// <summary>How far the quadratic is a model of the true loss over the prior; null where no rise is known.</summary>
    internal string? Agreement
    {
        get
        {
            if (PriorDraws is not { MeanRise: { } rise, MeanRiseStandardError: { } error, QuadraticMeanRise: { } quadratic })
                return null;
            // More than so many standard errors and more than this share apart, it is no model.
            const double Errors = 3, LargeShare = 0.1;
            double difference = Math.Abs(rise - quadratic);
            string warning = difference > Errors * error && difference > LargeShare * Math.Abs(quadratic)
                ? ": the quadratic does not hold over this prior, and values of it say little; look at levels and rays"
                : string.Empty;
            return $"Over {PriorDraws.Prior ?? "the prior"} the true loss rises by {Cell.Brief(rise)} ± {Cell.Brief(error)} on average, "
                + $"the quadratic by {Cell.Brief(quadratic)}{warning}.";
        }
    }

    /// <summary>What rays met, as a table.</summary>
    internal Section ToSection() => new("rays", "Along rays", Note: null, TextTable.Of("", "value", new (string Name, string Value)[]
    {
        ("rays", Cell.Of(Rays)),
        ("reached the threshold", Cell.Of(Reached)),
        ("never reached it", Cell.Of(NeverReached)),
        ("met no number", Cell.Of(NotANumber)),
        ("did not only rise", Cell.Of(NonMonotone)),
        ("shaped by", Cell.Of(Preconditioner)),
        ("rise of the true loss over the quadratic's", Cell.Brief(QuadraticSurface?.MeanRatio)),
        ("share of relus that change sides", Cell.Brief(Switched?.Relus)),
        ("share of max-pools that change winners", Cell.Brief(Switched?.MaxPools)),
        ("points of the prior in the basin", $"{Cell.Of(PriorDraws?.Inside)} of {Cell.Of(PriorDraws?.Points)}"),
        ("evaluations of the loss", Cell.Of(Evaluations)),
        ("seconds", Cell.Seconds(Seconds)),
    }.Where(row => row.Value != Cell.Nothing)))
    { IsDetail = true };

    /// <summary>The same as rows of the table of definitions.</summary>
    internal IEnumerable<ImmutableArray<string>> Rows()
    {
        if (Lebesgue is { } lebesgue)
            yield return lebesgue.Cells("rays, as volume");
        if (PriorDraws is { } draws)
        {
            yield return [
                "points of the prior",
                draws.Prior ?? "probability",
                Cell.Of(draws.LogProbability),
                Cell.Ends(draws.Interval),
                Cell.Of(draws.Points),
                Cell.Nothing];
        }
    }
}

/// <summary>The rise of the true loss over that of the quadratic, where the latter reaches the threshold.</summary>
public sealed record QuadraticSurfaceRecord
{
    /// <summary>At how many points.</summary>
    public int? Points { get; init; }

    /// <summary>On how many rays the quadratic never reaches it.</summary>
    public int? Unreached { get; init; }

    /// <summary>The mean of the ratio.</summary>
    public double? MeanRatio { get; init; }

    /// <summary>The share of points that lie in the true basin.</summary>
    public double? ShareInside { get; init; }
}

/// <summary>Points drawn from the prior.</summary>
public sealed record PriorDrawsRecord
{
    /// <summary>Which prior, such as <c>N(0, 0.5² I)</c>.</summary>
    public string? Prior { get; init; }

    /// <summary>How many.</summary>
    public int? Points { get; init; }

    /// <summary>How many lie in the basin.</summary>
    public int? Inside { get; init; }

    /// <summary>The logarithm of their share; null where none lies inside.</summary>
    public double? LogProbability { get; init; }

    /// <summary>Of that; null where none or all lie inside.</summary>
    public double? StandardError { get; init; }

    /// <summary>Its exact interval of 95 % (Clopper and Pearson); the low end is null where none lies inside.</summary>
    public ImmutableArray<double?>? Interval { get; init; }

    /// <summary>How much the true loss rises over them on average.</summary>
    public double? MeanRise { get; init; }

    /// <summary>Of that.</summary>
    public double? MeanRiseStandardError { get; init; }

    /// <summary>The same of the quadratic over the prior.</summary>
    public double? QuadraticMeanRise { get; init; }
}

/// <summary>Shares of units that are in another piece where rays leave the basin than at the weights.</summary>
public sealed record SwitchedRecord
{
    /// <summary>Of relus.</summary>
    public double? Relus { get; init; }

    /// <summary>Of max-pools.</summary>
    public double? MaxPools { get; init; }
}
