using System.Diagnostics;
using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Where results go, and what is said of them, when somebody else writes there too or nobody can listen.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputTests() => Npy.Write<double>(_folder.PathOf("h.npy"), [2, 2], [2, 0, 0, 1]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_two_runs_into_one_folder_at_once_one_is_refused()
    {
        Process[] both =
        [
            .. Enumerable.Range(0, 2).Select(
                _ => ProgramProcess.Start("spectrum", "--hessian", _folder.PathOf("h.npy"), "--quiet", "--out", _folder.PathOf("run"))),
        ];
        string[] errors = [.. both.Select(process => process.StandardError.ReadToEnd())];
        Assert.All(both, process => process.WaitForExit());
        Assert.Equal([ExitCodes.Success, ExitCodes.Data], both.Select(process => process.ExitCode).Order());
        // The second one came while the first one wrote, or after it.
        Assert.Matches("Another process writes to|holds a run already", string.Concat(errors));
        Assert.Equal(2, JsonElement.Parse(File.ReadAllBytes(_folder.PathOf("run/spectrum.json"))).GetProperty("max").GetDouble());
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("--json >&-")]
    [InlineData("--json >/dev/full")]
    [InlineData("--json <&- >&- 2>&-")]
    public void A_stream_that_cannot_be_written_costs_no_result(string redirection)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device here that is always full.");
        (int exitCode, _) = Shell($"\"$@\" {redirection}");
        Assert.Equal(ExitCodes.Data, exitCode);
        JsonElement root = JsonElement.Parse(File.ReadAllBytes(_folder.PathOf("run/spectrum.json")));
        Assert.All(root.GetProperty("files").EnumerateArray(), file => Assert.Equal(
            file.GetProperty("bytes").GetInt64(), new FileInfo(Path.Combine(_folder.PathOf("run"), file.GetProperty("name").GetString()!)).Length));
        Assert.True(File.Exists(_folder.PathOf("run/report.html")));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Too_few_open_files_are_one_sentence(int most)
    {
        Assert.SkipUnless(File.Exists("/proc/self/limits"), "The system does not say how many files may be open.");
        (int exitCode, string error) = Shell($"ulimit -n {most} && \"$@\"");
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.StartsWith($"Only {most} files may be open at once here", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    private (int ExitCode, string Error) Shell(string script)
    {
        string[] arguments =
            ["-c", script, "sh", "dotnet", ProgramProcess.Program, "spectrum", "--hessian", _folder.PathOf("h.npy"), "--out", _folder.PathOf("run")];
        var start = new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
