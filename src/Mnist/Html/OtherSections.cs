using System.Text.Json;

namespace BasinVolume.Mnist.Html;

/// <summary>The audit, and what jobs beside the main ones found: spectrum, volumes, landscape. Nothing where there is nothing.</summary>
internal static class OtherSections
{
    /// <summary>The notebook, line by line.</summary>
    public static Html Audit(JsonElement root)
    {
        IEnumerable<string>[] rows = [.. root.Each("audit").Select(row => (IEnumerable<string>)[row.Text("line"), row.Text("topic"), row.Text("printed"), row.Text("here"), row.Text("right"), row.Text("nats")])];
        return rows.Length == 0
            ? Html.None
            : Html.Of($"<section id=\"audit\"><h2>The notebook, line by line</h2>\n{HtmlTable.Of(["#", "the notebook", "it printed", "its way gives here", "what is right", "difference in nats"], rows)}</section>\n");
    }

    /// <summary>The spectrum of a matrix.</summary>
    public static Html Spectrum(JsonElement root)
    {
        string[] keys = ["min", "max", "positive", "zero", "negative", "zero_tolerance", "structural_zeros", "numerical_zeros", "method"];
        IEnumerable<IEnumerable<string>> rows = [.. keys.Select(key => (IEnumerable<string>)[key.Replace('_', ' '), root.Text(key)]), ["log pseudo-determinant", root.Text("log_determinant", "pseudo")]];
        return Html.Of($"<section id=\"spectrum\"><h2>Spectrum of {root.Text("matrix", "name")}</h2>\n{HtmlTable.Of(["", "value"], rows)}</section>\n");
    }

    /// <summary>The volumes by every definition.</summary>
    public static Html Volume(JsonElement root)
    {
        IEnumerable<IEnumerable<string>> rows = root.Members("definitions").Select(definition => VolumeRow(definition.Name.Replace('_', ' '), definition.Value));
        if (root.At("rays", "lebesgue") is { } lebesgue)
            rows = rows.Append(VolumeRow("rays, in parameter units", lebesgue));
        if (root.At("rays", "prior_draws") is { } draws)
            rows = rows.Append(["points of the prior", draws.At("log_probability") is { } share ? $"{Json.Text(share)} (log probability)" : Json.Nothing, Ends(draws, "interval"), draws.Text("points"), $"{draws.Text("inside")} of them lie in the basin"]);
        return Html.Of($"<section id=\"volumes\"><h2>Volumes of {root.Text("hessian", "name")}, threshold {root.Text("threshold")} {root.Text("threshold_kind")}</h2>\n{HtmlTable.Of(["definition", "nats", "95 % interval", "effective sample size", "assumes, or why there is no value"], rows)}</section>\n");
    }

    private static IEnumerable<string> VolumeRow(string name, JsonElement definition) =>
    [
        name,
        definition.At("log_probability") is { } probability ? $"{Json.Text(probability)} (log probability)" : definition.At("lower_bound") is { } bound ? $"at least {Json.Text(bound)}" : definition.Text("log_volume"),
        Ends(definition, "interval"),
        definition.Text("effective_sample_size"),
        definition.At("lower_bound") is not null ? $"{definition.Text("reason")} Assumes: {definition.Text("assumptions")}" : definition.At("reason") is { } reason ? Json.Text(reason) : definition.Text("assumptions"),
    ];

    /// <summary>The loss along directions.</summary>
    public static Html Landscape(JsonElement root)
    {
        IEnumerable<IEnumerable<string>> rows = root.Each("lines").Select(line => (IEnumerable<string>)
            [line.Text("name"), line.Text("slope"), line.Text("curvature"), Ends(line, "places"), Ends(line, "losses"), Ends(line, "quadratic")]);
        return Html.Of($"<section id=\"landscape\"><h2>Landscape of {root.Text("model")}, loss {root.Text("loss")} at the weights</h2>\n{HtmlTable.Of(["direction", "slope", "curvature", "from … to", "true loss there", "quadratic model there"], rows)}</section>\n");
    }

    private static string Ends(JsonElement line, string key) => line.Each(key).ToArray() is { Length: > 0 } values ? $"{Json.Text(values[0])} … {Json.Text(values[^1])}" : Json.Nothing;
}
