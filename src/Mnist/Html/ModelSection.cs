using System.Globalization;
using System.Text.Json;

namespace BasinVolume.Mnist.Html;

/// <summary>What came out for each model of a run: numbers with their meaning, and the self-check.</summary>
internal static class ModelSection
{
    private static readonly (string Name, Func<JsonElement, string> Value, string Meaning)[] Rows =
    [
        ("parameters", model => model.Text("parameters"), "n, the order of the Hessian"),
        ("test images", Test, "answered right after the last epoch"),
        ("loss", model => model.Text("hessian", "loss"), "of the training images at these weights"),
        ("weighting", model => model.Text("hessian", "weighting"), "how the losses of the samples become one"),
        ("penalty", Penalty, "whether ½λ|θ|² is part of loss, gradient and Hessian"),
        ("gradient norm", model => model.Text("hessian", "gradient_norm"), "0 at a stationary point"),
        ("trace", model => model.Text("hessian", "trace"), "the sum of all eigenvalues"),
        ("eigenvalues", model => Joined(model, " … ", ["spectrum", "min"], ["spectrum", "max"]), "smallest and largest, with their signs"),
        ("positive, zero, negative", model => Joined(model, ", ", ["spectrum", "positive"], ["spectrum", "zero"], ["spectrum", "negative"]), "the inertia: negative ones say that the weights are not at a minimum"),
        ("zeros", model => Joined(model, " structural, ", ["spectrum", "structural_zeros"], ["spectrum", "numerical_zeros"]) + " numerical", "structural ones follow from the network and are exact"),
        ("log pseudo-determinant", model => model.Text("spectrum", "log_determinant", "pseudo"), "over the eigenvalues that are not zero"),
        ("log volume", model => ValueOrReason(model, "notebook"), "by the notebook's formula, nats"),
        ("of that, the network's", model => model.Text("volume", "notebook", "log_curvature_term"), "the rest are constants"),
        ("T − L", model => model.Text("volume", "excess", "excess"), "how far the threshold lies above the loss"),
        ("log volume, excess", model => ValueOrReason(model, "excess"), "with the threshold counted from the loss, nats"),
        ("asymmetry", model => model.Text("hessian", "asymmetry"), "of the raw Hessian, of its largest element"),
        ("seconds", Seconds, "training, Hessian, spectrum"),
    ];

    /// <summary>The numbers of all models side by side.</summary>
    public static Html Numbers(JsonElement root)
    {
        JsonElement[] models = [.. root.Each("models")];
        bool curved = models.Any(model => model.At("hessian") is not null);
        IEnumerable<IEnumerable<string>> rows = Rows.Where(row => curved || row.Name is "parameters" or "test images" or "seconds")
            .Select(row => (IEnumerable<string>)[row.Name, .. models.Select(row.Value), row.Meaning]);
        return Html.Of($"<section id=\"numbers\"><h2>Numbers</h2>\n{HtmlTable.Of(["", .. models.Select(model => model.Text("name")), "what it means"], rows)}</section>\n");
    }

    /// <summary>The identities that were checked; nothing where none were.</summary>
    public static Html Verification(JsonElement root)
    {
        IEnumerable<string>[] rows = [.. root.Each("models").SelectMany(model => model.Each("verification").Select(check => (IEnumerable<string>)
            [model.Text("name"), check.Text("name"), check.Text("residual"), check.Text("bound"), check.At("passed")?.ValueKind == JsonValueKind.True ? "holds" : "broken"]))];
        return rows.Length == 0
            ? Html.None
            : Html.Of($"<section id=\"self-check\"><h2>Self-check</h2>\n<p>Exact identities that the derivatives must keep, and how far rounding can take them.</p>\n{HtmlTable.Of(["model", "identity", "residual", "bound", "verdict"], rows)}</section>\n");
    }

    private static string Test(JsonElement model)
    {
        JsonElement[] epochs = [.. model.Each("training", "epochs")];
        if (epochs.Length == 0)
            return model.At("checkpoint", "path") is { } path ? $"trained elsewhere: {Json.Text(path)}" : "not trained";
        JsonElement last = epochs[^1];
        double share = 100.0 * last.GetProperty("test_correct").GetInt32() / last.GetProperty("test_total").GetInt32();
        return string.Create(CultureInfo.InvariantCulture, $"{share:f2} % of {last.Text("test_total")}, loss {last.Text("test_loss")}");
    }

    private static string Penalty(JsonElement model)
        => model.Text("hessian", "penalty") is "included" ? $"included, λ = {model.Text("hessian", "weight_decay")}" : model.Text("hessian", "penalty");

    private static string ValueOrReason(JsonElement model, string volume) => model.At("volume", volume, "log_volume") is { } value ? Json.Text(value) : model.Text("volume", volume, "reason");

    private static string Seconds(JsonElement model)
        => string.Join(", ", new[] { model.At("training", "seconds"), model.At("hessian", "seconds"), model.At("spectrum", "seconds") }.Select(seconds => seconds is { } number ? number.GetDouble().ToString("f2", CultureInfo.InvariantCulture) : Json.Nothing));

    private static string Joined(JsonElement model, string between, params string[][] paths) => string.Join(between, paths.Select(path => model.Text(path)));
}
