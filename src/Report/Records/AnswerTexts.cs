using System.Globalization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What the lines of answers have in common: they are named alike whatever the job.</summary>
internal static class AnswerTexts
{
    // Doubles of such logarithms have no more.
    private const int Hundredths = 2, MostDecimals = 15;

    /// <summary>What was computed.</summary>
    public static AnswerLine Computed(string value) => new("computed", value);

    /// <summary>Loss and accuracy of the weights on the data; nothing where neither is known.</summary>
    public static IEnumerable<AnswerLine> Weights(string? value) => Line("weights", value);

    /// <summary>The largest eigenvalue and how many are of either sign; nothing where there are no second derivatives.</summary>
    public static IEnumerable<AnswerLine> Curvature(string? value) => Line("curvature", value);

    /// <summary>The volume, or why there is none; nothing where none was looked for.</summary>
    public static IEnumerable<AnswerLine> Volume(string? value) => Line("volume", value);

    /// <summary>The loss of which nothing else is known.</summary>
    public static string? Loss(double? loss) => loss is not { } value || !double.IsFinite(value) ? null : $"loss {Cell.Brief(loss)}";

    /// <summary>The norm of the gradient; null where it is not known.</summary>
    public static string? Gradient(double? norm) => norm is null ? null : $"|g| {Cell.Brief(norm)}";

    /// <summary>How many eigenvalues are of either sign, exactly.</summary>
    public static string Inertia(int? positive, int? zero, int? negative)
        => $"{Cell.Of(positive)} positive, {Cell.Of(zero)} zero, {Cell.Of(negative)} negative";

    /// <summary>How many are of either sign, each between two numbers, or why that is not known.</summary>
    public static string? Inertia(InertiaRecord? inertia) => inertia is null ? null
        : inertia.Reason ?? $"{Range(inertia.Positive)} positive, {Range(inertia.Zero)} zero, {Range(inertia.Negative)} negative";

    /// <summary>The largest of the eigenvalues that products found.</summary>
    public static string Largest(CurvatureRecord curvature)
        => curvature.Pairs?.Largest() is { } largest ? $"λ_max {Cell.Brief(largest)}" : "λ_max not known";

    /// <summary>Texts that are there, one after the other.</summary>
    public static string Joined(params string?[] parts) => string.Join("; ", parts.OfType<string>());

    /// <summary>The value of a definition that has one, with its interval.</summary>
    public static string Value(DefinitionRecord definition)
    {
        double?[]? ends = definition.Interval?.Ends;
        int decimals = ends is [{ } from, { } to] ? DecimalsFor(from, to) : Hundredths;
        string value = $"log {(definition.LogProbability?.Value is null ? "volume" : "probability")} {Nats(definition.Value, decimals)}";
        return ends is [var low, var high] ? $"{value}, 95 %: {Nats(low, decimals)} … {Nats(high, decimals)}" : value;
    }

    /// <summary>A logarithm, to hundredths.</summary>
    public static string Nats(double? value) => Nats(value, Hundredths);

    private static string Nats(double? value, int decimals)
        => value is { } nats && double.IsFinite(nats) ? nats.ToString($"f{decimals}", CultureInfo.InvariantCulture) : Cell.Nothing;

    // The ends of a narrow interval are told apart.
    private static int DecimalsFor(double low, double high)
    {
        int decimals = Hundredths;
        while (decimals < MostDecimals && low < high && Nats(low, decimals) == Nats(high, decimals))
            decimals++;
        return decimals;
    }

    private static IEnumerable<AnswerLine> Line(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            yield return new(name, value);
    }

    private static string Range(double?[]? ends) => ends switch
    {
        [{ } from, { } to] when from == to => Cell.Of(from),
        [var from, var to] => $"{Cell.Of(from)} to {Cell.Of(to)}",
        _ => "unknown",
    };
}
