using System.Text.Json;
using System.Text.RegularExpressions;
using BasinVolume.Interop;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Tests;
using BasinVolume.Report.Html;

namespace BasinVolume.Report.Tests.Html;

/// <summary>What stands in the page of a run, without a browser.</summary>
[Collection(PageOfARun.Name)]
public sealed class RunPageTests(SmallRun run) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_sections_come_in_their_order()
    {
        string page = File.ReadAllText(run.Page);
        Assert.Equal(
            [
                "answer", "numbers", "eigenvalues", "landscape", "learning", "training-plain", "training-l2", "audit", "self-check", "repeat", "provenance",
            ],
            Regex.Matches(page, "<section id=\"([^\"]+)\"").Select(match => match.Groups[1].Value));
        Assert.DoesNotMatch("(src|href|srcset)=\"(?!data:|#)", page);
    }

    [Fact]
    public void It_says_what_the_documents_say()
    {
        string page = File.ReadAllText(run.Page);
        JsonElement root = JsonElement.Parse(File.ReadAllBytes(Path.Combine(run.Folder, "result.json")));
        // With four digits to be seen, and all of them to be looked up.
        double trace = root.GetProperty("models")[1].GetProperty("hessian").GetProperty("trace").GetDouble();
        Assert.Contains($"<td><data value=\"{trace:r}\" title=\"{trace:r}\">{trace:g4}</data></td>", page, StringComparison.Ordinal);
        Assert.Contains(root.GetProperty("data").GetProperty("indices_sha256").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains("looks for negative singular values", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_repeats_both_jobs_of_its_folder()
    {
        string page = File.ReadAllText(run.Page), repeat = page[page.IndexOf("id=\"repeat\"", StringComparison.Ordinal)..];
        Assert.Contains("<code>basin-volume notebook --audit --samples 100 --epochs 2 --device cpu</code>", repeat, StringComparison.Ordinal);
        // The folder's name has a space in it.
        Assert.Contains(
            $"<code>basin-volume landscape --run &#39;{run.Folder}&#39; --name l2 --points 7 --side 5 --device cpu</code>", repeat, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spectrum_in_the_folder_of_its_run_does_not_show_the_density_again()
    {
        string folder = _folder.PathOf("run");
        foreach (string file in Directory.EnumerateFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(run.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        (int exitCode, string error) = ProgramCall.Run("spectrum", folder, "--out", folder);
        Assert.True(exitCode == 0, error);
        string page = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.Contains("<strong>Damping curve", page, StringComparison.Ordinal);
        // One of each of the two models.
        Assert.Equal(2, Regex.Count(page, "<strong>Density of the spectrum"));
    }

    [Fact]
    public void A_command_that_is_repeated_has_what_a_settings_file_said()
    {
        string settings = _folder.Write("settings.json", """{ "samples": 80, "epochs": 1, "quiet": true }"""u8.ToArray());
        (int exitCode, string error) = ProgramCall.Run("train", "--config", settings, "--epochs", "0", "--device", "cpu", "--out", _folder.PathOf("run"));
        Assert.True(exitCode == 0, error);
        JsonElement root = JsonElement.Parse(File.ReadAllBytes(Path.Combine(_folder.PathOf("run"), "result.json")));
        string[] words = root.GetProperty("command_line").GetString()!.Split(' ');
        Assert.Equal(["basin-volume", "train"], words[..2]);
        Assert.Equal(["--device cpu", "--epochs 0", "--samples 80"], words[2..].Chunk(2).Select(pair => string.Join(' ', pair)).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(_folder.PathOf("run"), "report.html")));
    }

    [Fact]
    public void Jobs_for_one_matrix_say_how_to_repeat_them_too()
    {
        Assert.Equal(0, ProgramCall.Run("spectrum", "--run", run.Folder, "--out", _folder.PathOf("matrix"), "--quiet").ExitCode);
        Assert.Equal(0, ProgramCall.Run("volume", "--run", run.Folder, "--rays", "0", "--out", _folder.PathOf("matrix")).ExitCode);
        string page = File.ReadAllText(RunPage.Write(_folder.PathOf("matrix")).Path);
        Assert.Contains($"<code>basin-volume spectrum --run &#39;{run.Folder}&#39;</code>", page, StringComparison.Ordinal);
        Assert.Contains($"<code>basin-volume volume --run &#39;{run.Folder}&#39; --rays 0</code>", page, StringComparison.Ordinal);
        string[] ids = [.. Regex.Matches(page, "<section id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(["answer", "eigenvalues", "spectrum", "damping", "blocks", "block-norms", "basin", "volumes"], ids[..8]);
        Assert.Equal(["repeat", "provenance"], ids[^2..]);
    }

    [Fact]
    public void The_report_command_writes_the_same_page_again()
    {
        byte[] before = File.ReadAllBytes(run.Page);
        File.Delete(run.Page);
        (int exitCode, string output, string error) = ProgramCall.RunForOutput("report", "--run", run.Folder, "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal(run.Page, JsonElement.Parse(output).GetProperty("file").GetString());
        // But for what the logs say after the page was written.
        Assert.Equal(WithoutLogs(before), WithoutLogs(File.ReadAllBytes(run.Page)));
    }

    [Fact]
    public void Text_of_a_document_is_no_markup()
    {
        _folder.Write(
            "landscape.json",
            """{ "command": "<img src=x onerror=alert(1)>", "model": "</h2><script>alert(1)</script>", "lines": [ { "name": "<b>" } ] }"""u8.ToArray());
        string page = File.ReadAllText(RunPage.Write(_folder.Path).Path);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">&lt;b&gt;</th>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "models": [ { "name": "old" } ], "seconds": 1 }""")]
    public void A_document_with_few_keys_gets_a_page(string document)
    {
        _folder.Write("result.json", System.Text.Encoding.UTF8.GetBytes(document));
        Assert.Contains("id=\"numbers\"", File.ReadAllText(RunPage.Write(_folder.Path).Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_does_not_say_its_command_is_called_after_its_kind()
    {
        _folder.Write("volume.json", "{}"u8.ToArray());
        Assert.Contains("<h1>Basin volumes</h1>", File.ReadAllText(RunPage.Write(_folder.Path).Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]", "is not the result of a finished run")]
    [InlineData("not JSON", "is not the result of a finished run")]
    [InlineData(
        """{ "models": [ { "training": { "epochs": [ { "test_correct": 1.5 } ] } } ] }""",
        "models[0].training.epochs[0].test_correct holds something else")]
    public void A_damaged_document_is_refused(string document, string part)
    {
        _folder.Write("result.json", System.Text.Encoding.UTF8.GetBytes(document));
        TestFiles.AssertExplained<DataException>(() => RunPage.Write(_folder.Path), part);
    }

    [Fact]
    public void Pictures_that_no_job_of_the_folder_wrote_are_not_looked_at_and_damaged_ones_are_left_out()
    {
        Assert.Equal(0, ProgramCall.Run("spectrum", "--run", run.Folder, "--out", _folder.Path).ExitCode);
        _folder.Write("broken.svg", "<svg"u8.ToArray());
        _folder.Write("broken.png", [1]);
        Assert.Empty(RunPage.Write(_folder.Path).LeftOut);
        string page = File.ReadAllText(_folder.PathOf("report.html"));
        Assert.Equal(2, Regex.Count(page, "<figure"));
        _folder.Write("spectrum.png", [1, 2, 3]);
        Assert.Contains("spectrum.png: it is missing or not as its job wrote it", Assert.Single(RunPage.Write(_folder.Path).LeftOut), StringComparison.Ordinal);
        page = File.ReadAllText(_folder.PathOf("report.html"));
        Assert.Contains("id=\"left-out\"", page, StringComparison.Ordinal);
        // The picture for dark pages is whole still, and stands by itself, beside that of the damping.
        Assert.Equal(2, Regex.Count(page, "<figure"));
    }

    [Fact]
    public void Jobs_for_another_hessian_are_left_out_and_named()
    {
        BasinVolume.Interop.Arrays.Npy.Write<double>(_folder.PathOf("h.npy"), [2, 2], [2, 0, 0, 1]);
        BasinVolume.Interop.Arrays.Npy.Write<double>(_folder.PathOf("other.npy"), [2, 2], [3, 0, 0, 1]);
        string folder = _folder.PathOf("run");
        Assert.Equal(0, ProgramCall.Run("spectrum", "--hessian", _folder.PathOf("h.npy"), "--out", folder).ExitCode);
        Assert.Equal(0, ProgramCall.Run("volume", "--hessian", _folder.PathOf("h.npy"), "--threshold", "1", "--out", folder).ExitCode);
        Assert.Contains("id=\"volumes\"", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        // The spectrum of another matrix takes the place of the first one: the volume is not its.
        (int exitCode, string error) = ProgramCall.Run("spectrum", "--hessian", _folder.PathOf("other.npy"), "--force", "--out", folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("report.html leaves out volume.json: it is of another Hessian than spectrum.json", error, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.DoesNotContain("id=\"volumes\"", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<figure"));
        Assert.Contains("volume.json", page[page.IndexOf("id=\"left-out\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void What_products_tell_is_shown_beside_the_dense_run_of_the_same_weights_and_images()
    {
        string folder = _folder.PathOf("run");
        _folder.Write("small.json", """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """u8.ToArray());
        string[] job = ["--model", _folder.PathOf("small.json"), "--samples", "20", "--device", "cpu"];
        string[] few = ["--largest", "2", "--smallest", "0", "--probes", "2", "--steps", "8"];
        Assert.Equal(0, ProgramCall.Run(["train", .. job, "--epochs", "1", "--out", _folder.PathOf("trained")]).ExitCode);
        string[] weights = ["--weights", _folder.PathOf("trained"), "--device", "cpu"];
        Assert.Equal(0, ProgramCall.Run(["hessian", .. weights, "--samples", "20", "--out", folder]).ExitCode);
        (int exitCode, string error) = ProgramCall.Run(["curvature", .. weights, "--samples", "20", .. few, "--out", folder]);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain("leaves out", error, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.Contains("by products</h3>", page, StringComparison.Ordinal);
        string[] ids = [.. Regex.Matches(page, "<section id=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("numbers-curvature", ids);
        // Of other images it is another Hessian.
        (exitCode, error) = ProgramCall.Run(["curvature", .. weights, "--samples", "21", .. few, "--force", "--out", folder]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("report.html leaves out curvature.json: it is of another Hessian than result.json", error, StringComparison.Ordinal);
        // Beside the training whose weights it took it is shown again, and the volumes that follow from it.
        string trained = _folder.PathOf("trained");
        Assert.Equal(0, ProgramCall.Run(["curvature", .. weights, "--samples", "20", .. few, "--out", trained]).ExitCode);
        string products = _folder.PathOf("products");
        Assert.Equal(0, ProgramCall.Run(["curvature", .. weights, "--samples", "20", .. few, "--out", products]).ExitCode);
        (exitCode, error) = ProgramCall.Run("volume", "--run", products, "--rays", "0", "--out", trained);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain("leaves out", error, StringComparison.Ordinal);
        page = File.ReadAllText(Path.Combine(trained, "report.html"));
        Assert.All(["training", "curvature-volumes-", "id=\"volumes\""], part => Assert.Contains(part, page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_document_of_another_job_does_not_fail_one_that_is_whole()
    {
        _folder.Write("landscape.json", "not JSON"u8.ToArray());
        (int exitCode, string error) = ProgramCall.Run("spectrum", "--run", run.Folder, "--out", _folder.Path);
        Assert.True(exitCode == 0, error);
        // Sentences are wrapped where the folder's name is long.
        Assert.Contains("landscape.json is not the result of a finished run", error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void It_allows_its_own_style_and_script_and_nothing_else()
    {
        string page = File.ReadAllText(run.Page);
        string policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        foreach (string element in (string[])["style", "script"])
        {
            string content = Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{element}-src 'sha256-{hash}'", policy, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(" (style|on[a-z]+)=\"", page);
    }

    [Fact]
    public void A_folder_without_a_run_is_refused()
    {
        (int exitCode, string error) = ProgramCall.Run("report", "--run", _folder.Path);
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("holds no finished run", error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, ProgramCall.Run("report").ExitCode);
        Assert.Equal(ExitCodes.Data, ProgramCall.Run("report", "--run", _folder.PathOf("nowhere")).ExitCode);
    }

    private static string WithoutLogs(byte[] page)
        => Regex.Replace(System.Text.Encoding.UTF8.GetString(page), "<details><summary>[a-z]+\\.log.*?</details>", string.Empty, RegexOptions.Singleline);
}
