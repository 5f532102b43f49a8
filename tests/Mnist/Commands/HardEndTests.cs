using System.Diagnostics;
using System.Text.Json;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>However a command ends, what it leaves is whole or not there, and what was there before is untouched.</summary>
public sealed class HardEndTests(HardEndTests.Inputs inputs) : IClassFixture<HardEndTests.Inputs>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("hessian")]
    [InlineData("curvature")]
    [InlineData("volume")]
    [InlineData("landscape")]
    public void Killed_at_any_moment_it_leaves_whole_files_and_the_earlier_run(string command)
    {
        CopyFolder(inputs.RunOf(command), Run);
        // Before it has its folder, soon after it has it, and later.
        foreach (int milliseconds in (int[])[-1, 20, 300])
        {
            (string, string)[] earlier = Finished();
            bool isDecided = Publication.IsBegun(Run);
            using Process process = ProgramProcess.Start([.. inputs.Arguments(command), "--out", Run, "--force", "--quiet"]);
            while (milliseconds >= 0 && !Directory.Exists(Path.Combine(Run, ".unfinished")) && !process.HasExited)
                Thread.Sleep(1);
            Thread.Sleep(milliseconds >= 0 ? milliseconds : 100);
            process.Kill();
            process.WaitForExit();
            AssertWhole(Run);
            // Else it took its place, or one did that had ended while it took it.
            if (!isDecided && !Publication.IsBegun(Run) && Directory.Exists(Path.Combine(Run, ".unfinished")))
                Assert.Equal(earlier, Finished());
        }

        // The next one needs nothing to be tidied up.
        (int exitCode, string error) = ProgramProcess.Run([.. inputs.Arguments(command), "--out", Run, "--force", "--quiet"]);
        Assert.Equal((ExitCodes.Success, string.Empty), (exitCode, error));
        Assert.DoesNotContain(Manifest.NamesIn(Run), name => name is ".lock" || name.StartsWith(".unfinished", StringComparison.Ordinal));
        AssertWhole(Run);
    }

    [Fact]
    public async Task A_closed_terminal_ends_it_with_a_code_of_its_own_and_a_sentence()
    {
        using Process process = ProgramProcess.Start([.. inputs.Arguments("train")[..^1], "100000", "--out", Run]);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!HasBegunTraining() && !process.HasExited)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        ProgramProcess.Signal(process, "HUP");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.HungUp, process.ExitCode);
        Assert.StartsWith("Interrupted", (await error).TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-v 3000000", "2929 MiB of addresses")]
    [InlineData("-d 100000", "97 MiB of memory")]
    public void Too_little_memory_for_the_runtime_is_one_sentence(string limit, string part)
    {
        Assert.SkipUnless(File.Exists("/proc/self/limits"), "The system does not say how much memory may be used.");
        (int exitCode, string error) = Limited($"ulimit {limit}", "train");
        Assert.Equal(ExitCodes.Device, exitCode);
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void An_array_that_does_not_fit_is_a_sentence_whatever_was_around_it()
    {
        Exception[] errors =
        [
            new InsufficientMemoryException(), new AggregateException(new InsufficientMemoryException()),
            new TypeInitializationException("Some.Type", new AggregateException(new InsufficientMemoryException())),
        ];
        Assert.All(errors, error => Assert.Equal(ExitCodes.Device, ExitCodes.Of(error)));
        Assert.All(errors, error => Assert.Contains("--memory", Ending.Explanation(error), StringComparison.Ordinal));
        Assert.Null(Ending.Explanation(new AggregateException(new InvalidOperationException())));
    }

    [Fact]
    public void A_file_that_may_not_be_so_long_is_a_sentence_and_the_earlier_run_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shells of other systems count in other units.");
        CopyFolder(inputs.RunOf("train"), Run);
        (string, string)[] earlier = Finished();
        // The runtime writes its own code to a file in memory unless it is told not to.
        (int exitCode, string error) = Limited("export DOTNET_EnableWriteXorExecute=0; ulimit -f 16", "train", "--force");
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("ulimit -f", error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(earlier, Finished());
    }

    private bool HasBegunTraining() => File.Exists(Path.Combine(Run, ".unfinished", "run.log"))
        && File.ReadAllText(Path.Combine(Run, ".unfinished", "run.log")).Contains("training", StringComparison.Ordinal);

    private (int ExitCode, string Error) Limited(string limit, string command, params string[] more)
    {
        string[] arguments = ["-c", $"{limit} && exec \"$@\"", "sh", "dotnet", ProgramProcess.Program, .. inputs.Arguments(command), "--out", Run, .. more];
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    // The files of a folder but for those of unfinished work, with what they hold.
    private (string, string)[] Finished()
        => [.. Manifest.NamesIn(Run).Where(name => name != ".lock" && !name.StartsWith(".unfinished", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (name, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Run, name))))))];

    private static void AssertWhole(string folder)
    {
        foreach (string name in Manifest.NamesIn(folder).Where(name => !name.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            string path = Path.Combine(folder, name);
            if (name.EndsWith(".npy", StringComparison.Ordinal))
                AssertWholeArray(File.ReadAllBytes(path));
            if (name.EndsWith(".json", StringComparison.Ordinal))
                JsonElement.Parse(File.ReadAllBytes(path));
        }

        foreach (string result in RunKind.All.Select(kind => Path.Combine(folder, kind.ResultName)).Where(File.Exists))
            Assert.All(Manifest.Read(result)!.Files, file => Assert.True(Manifest.IsUnchanged(folder, file), file.Name));
    }

    // NumPy's format 1.0: two bytes at 8 say how long the header is, which has the shape.
    private static void AssertWholeArray(byte[] file)
    {
        int start = 10 + BitConverter.ToUInt16(file, 8);
        string header = System.Text.Encoding.ASCII.GetString(file, 10, start - 10);
        string shape = header[(header.IndexOf('(', StringComparison.Ordinal) + 1)..header.IndexOf(')', StringComparison.Ordinal)];
        long elements = shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Aggregate(
            1L, (product, length) => product * long.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(start + (8 * elements), file.Length);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string name in Manifest.NamesIn(from))
        {
            string target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, name), target);
        }
    }

    /// <summary>A small data set, and a finished run of each command on it.</summary>
    public sealed class Inputs : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Inputs()
        {
            Directory.CreateDirectory(_folder.PathOf("data"));
            var random = new Random(1);
            Npy.Write<double>(_folder.PathOf("data/x.npy"), [40, 4], Enumerable.Range(0, 160).Select(_ => random.NextDouble()).ToArray());
            Npy.Write<long>(_folder.PathOf("data/y.npy"), [40], Enumerable.Range(0, 40).Select(i => (long)(i % 3)).ToArray());
        }

        /// <summary>The folder of a command's finished run, which is made when it is first asked for.</summary>
        public string RunOf(string command)
        {
            string folder = _folder.PathOf(command);
            if (!Directory.Exists(folder))
            {
                (int exitCode, string error) = ProgramProcess.Run([.. Arguments(command), "--out", folder, "--quiet"]);
                Assert.Equal((ExitCodes.Success, string.Empty), (exitCode, error));
            }

            return folder;
        }

        /// <summary>The command and its options, but for where it writes.</summary>
        public string[] Arguments(string command) => command switch
        {
            "train" => [command, .. Data, "--model", "softmax", "--epochs", "3"],
            "volume" => [command, "--run", RunOf("hessian"), "--rays", "20", "--data", _folder.PathOf("data")],
            "landscape" => [command, "--run", RunOf("hessian"), "--points", "11", "--side", "0", "--data", _folder.PathOf("data")],
            _ => [command, .. Data, "--weighting", "batch-mean", "--weights", RunOf("train")],
        };

        public void Dispose() => _folder.Dispose();

        private string[] Data => ["--data", _folder.PathOf("data"), "--sampling", "all", "--batch-size", "20", "--device", "cpu"];
    }
}
