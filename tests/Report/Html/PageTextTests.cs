using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BasinVolume.Mnist.Tests;

namespace BasinVolume.Report.Tests.Html;

/// <summary>That the words of a page say what the documents of its folder say, which are read here as JSON.</summary>
[Collection(PageOfARun.Name)]
public sealed class PageTextTests(SmallRun run) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_tell_what_is_seen_on_them_in_numbers()
    {
        string[] alts = Alts(run.Page);
        JsonElement models = Document(run.Folder, "result.json").GetProperty("models");
        foreach (JsonElement model in models.EnumerateArray())
        {
            JsonElement spectrum = model.GetProperty("spectrum");
            int positive = Whole(spectrum, "positive"), zero = Whole(spectrum, "zero"), negative = Whole(spectrum, "negative");
            string start = F($"Histogram of {positive + zero + negative} eigenvalues from {Real(spectrum, "min"):g3} to {Real(spectrum, "max"):g3}; ");
            Assert.Contains(alts, alt => alt.StartsWith(start + F($"{negative} negative, {zero} zero; "), StringComparison.Ordinal));
            JsonElement last = model.GetProperty("training").GetProperty("epochs")[1];
            int tests = Whole(last, "test_total"), wrong = tests - Whole(last, "test_correct");
            Assert.Contains(alts, alt => alt.StartsWith(F($"The first of {wrong} mistakes on {tests} test images"), StringComparison.Ordinal));
        }

        JsonElement landscape = Document(run.Folder, "landscape.json"), plane = landscape.GetProperty("plane");
        string over = F($"Loss over the plane of {plane.GetProperty("across")} and {plane.GetProperty("up")}, from {Real(plane, "lowest"):g3} to ");
        Assert.Contains(alts, alt => alt.StartsWith(over, StringComparison.Ordinal));
        // None is a sentence that another picture has too.
        Assert.Equal(alts.Distinct(), alts);
    }

    [Fact]
    public void Models_come_in_one_order_in_tables_and_pictures()
    {
        string page = File.ReadAllText(run.Page);
        JsonElement models = Document(run.Folder, "result.json").GetProperty("models");
        string[] names = [.. models.EnumerateArray().Select(model => model.GetProperty("name").GetString()!)];
        Assert.Equal(["plain", "l2"], names);
        foreach (string kind in (string[])["Density of the spectrum", "Tail of the spectrum", "Hessian", "Eigenvectors", "Training", "Learned filters"])
            Assert.Equal(names, Regex.Matches(page, $"<strong>{kind}, ([^.]*)\\.</strong>").Select(match => match.Groups[1].Value));
        Assert.Contains("<button type=\"button\">plain</button></th><th scope=\"col\"><button type=\"button\">l2</button>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_density_stands_before_the_tables_and_each_picture_in_its_section()
    {
        string page = File.ReadAllText(run.Page);
        string[] order = ["id=\"answer\"", "Density of the spectrum, plain", "<nav", "id=\"numbers\"", "Tail of the spectrum, plain", "Hessian, plain",
            "id=\"landscape\"", "Loss along a direction", "Loss over a plane", "id=\"learning\"", "First mistakes, plain", "id=\"audit\"", "id=\"self-check\""];
        int[] places = [.. order.Select(part => page.IndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void The_self_check_says_what_each_identity_says()
    {
        string page = WebUtility.HtmlDecode(File.ReadAllText(run.Page));
        Assert.Contains("<th scope=\"row\">frobenius-norm</th><td>‖A‖_F = √Σ λ²</td>", page, StringComparison.Ordinal);
        foreach (JsonElement check in Document(run.Folder, "result.json").GetProperty("models")[0].GetProperty("verification").EnumerateArray())
        {
            Assert.Contains(check.GetProperty("statement").GetString()!, page, StringComparison.Ordinal);
            Assert.Contains(check.GetProperty("reason").GetString()!, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_provenance_has_shape_and_classes_of_the_data()
    {
        string page = File.ReadAllText(run.Page), provenance = page[page.IndexOf("id=\"provenance\"", StringComparison.Ordinal)..];
        Assert.Contains("<th scope=\"row\">shape of a sample</th><td>1 x 28 x 28 pixels</td>", provenance, StringComparison.Ordinal);
        Assert.Contains("10: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9", provenance, StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_says_what_came_out()
    {
        string page = File.ReadAllText(run.Page);
        Assert.Contains("<h1>Hessians of plain and l2</h1>", page, StringComparison.Ordinal);
        int negative = Whole(Document(run.Folder, "result.json").GetProperty("models")[0].GetProperty("spectrum"), "negative");
        Assert.True(negative > 0);
        Assert.Contains(F($"<p class=\"outcome\">{negative} of 1710 eigenvalues of plain are negative"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_job_renews_the_page_of_the_folder_that_it_writes_into()
    {
        string folder = _folder.PathOf("run");
        string[] few = ["--samples", "20", "--model", "mlp:784-3-10", "--device", "cpu"];
        Succeed("hessian", [.. few, "--epochs", "1"]);
        Assert.Equal(1, Cards());
        Succeed("spectrum", ["--run", folder, "--vectors", "1"]);
        Assert.Equal(2, Cards());
        Assert.Contains(Alts(Path.Combine(folder, "report.html")), alt => alt.StartsWith("log|det(H + μI)| at ", StringComparison.Ordinal));
        Succeed("volume", ["--run", folder, "--rays", "0"]);
        Assert.Equal(3, Cards());
        Succeed("landscape", ["--run", folder, "--directions", "leading:1", "--points", "3", "--device", "cpu"]);
        Assert.Equal(4, Cards());
        Succeed("curvature", ["--weights", folder, "--samples", "20", "--largest", "1", "--smallest", "0", "--probes", "2", "--steps", "4", "--device", "cpu"]);
        Assert.Equal(5, Cards());

        void Succeed(string command, string[] options)
        {
            (int exitCode, string error) = ProgramCall.Run([command, .. options, "--out", folder]);
            Assert.True(exitCode == 0, error);
            Assert.DoesNotContain("leaves out", error, StringComparison.Ordinal);
        }

        int Cards() => Regex.Count(File.ReadAllText(Path.Combine(folder, "report.html")), "<dl class=\"cards\">");
    }

    private static string[] Alts(string page)
        => [.. Regex.Matches(File.ReadAllText(page), "<figure.*? alt=\"([^\"]*)\"", RegexOptions.Singleline).Select(
            match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    private static JsonElement Document(string folder, string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, name)));

    private static int Whole(JsonElement of, string key) => of.GetProperty(key).GetInt32();

    private static double Real(JsonElement of, string key) => of.GetProperty(key).GetDouble();

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
