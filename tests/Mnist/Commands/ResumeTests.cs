using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>
/// Long commands that are killed at random moments: every file that stands in their folder then is whole, and with --resume they end with the bytes of a run
/// that nobody disturbed. The environment variable BASIN_VOLUME_KILLS says how often each of them is killed.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("BASIN_VOLUME_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly string _table;

    public ResumeTests() => _table = _folder.Write("a.csv", Encoding.ASCII.GetBytes(Table(samples: 60)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_survives() => Survives(["train", .. Model(epochs: 300)]);

    [Fact]
    public void Curvature_with_a_training_before_it_survives() => Survives(["curvature", .. Model(epochs: 30), "--largest", "3", "--smallest", "3"]);

    [Fact]
    public void A_hessian_with_a_training_before_it_survives() => Survives(["hessian", .. Model(epochs: 30)]);

    [Fact]
    public void A_landscape_with_all_that_comes_before_it_survives() => Survives(["landscape", .. Model(epochs: 30), "--points", "9", "--side", "5"]);

    [Fact]
    public void Volumes_along_rays_at_weights_that_are_moved_survive()
    {
        string run = _folder.PathOf("run");
        Succeed(["hessian", .. Model(epochs: 30), "--out", run]);
        Survives(["volume", "--run", run, "--rays", "8", "--population", "20", "--converge", "--converge-steps", "3", "--device", "cpu"]);
    }

    [Fact]
    public void Somebody_who_stops_it_is_told_how_to_go_on_and_the_next_run_loses_nothing()
    {
        string[] command = ["train", .. Model(epochs: 30000), "--out", _folder.PathOf("stopped")];
        using (Process process = ProgramProcess.StartWith("BASIN_VOLUME_CHECKPOINT_SECONDS", "0.01", [.. command, "--threads", "1"]))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            ProgramProcess.AwaitLog(process, _folder.PathOf("stopped"), "epoch 2 of");
            ProgramProcess.Signal(process, "TERM");
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(ExitCodes.Terminated, process.ExitCode);
            Assert.Equal("Interrupted; the same command with --resume goes on.", error.TrimEnd().Split('\n')[^1]);
        }

        string[] kept = Directory.GetFiles(_folder.PathOf("stopped/.unfinished"), "weights-*.*");
        Assert.Equal(3, kept.Length);
        // What is kept is taken as it is.
        Succeed([
            "hessian", "--data", _table, "--model", "mlp:3-4-2", "--samples", "60", "--device", "cpu", "--weights",
            kept.Single(file => file.EndsWith(".safetensors", StringComparison.Ordinal)), "--out",
            _folder.PathOf("of-kept")]);
        Refused(ExitCodes.Data, "holds an unfinished run that kept its work", command);
        Refused(
            ExitCodes.Usage,
            "--epochs is 4 in what is asked and 30000 in the unfinished run",
            [.. command[..^4], "--epochs", "4", .. command[^2..], "--resume"]);
        File.AppendAllText(_table, "1;1;1;0\n");
        Refused(ExitCodes.Usage, "--resume goes on with the same work only", [.. command, "--resume"]);
        Refused(ExitCodes.Usage, "no folder is given; name it with --out", [.. command[..^2], "--resume"]);
        Refused(ExitCodes.Data, "nothing for --resume to go on with", [.. command[..^1], _folder.PathOf("nothing"), "--resume"]);
    }

    [Fact]
    public void Curvature_that_was_stopped_has_a_result_of_what_is_known_and_completes_it()
    {
        string[] command =
            ["curvature", .. Model(epochs: 3), "--largest", "2", "--smallest", "0", "--probes", "1000", "--steps", "20", "--products", "1000000"];
        string whole = _folder.PathOf("whole"), stopped = _folder.PathOf("stopped");
        Succeed([.. command, "--out", whole]);
        using (Process process = ProgramProcess.StartWith("BASIN_VOLUME_CHECKPOINT_SECONDS", "0.01", [.. command, "--threads", "1", "--out", stopped]))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            ProgramProcess.AwaitLog(process, stopped, ": trace: ");
            ProgramProcess.Signal(process, "INT");
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == ExitCodes.Cancelled, error);
        }

        JsonNode known = JsonNode.Parse(File.ReadAllBytes(Path.Combine(stopped, "curvature.json")))!["models"]![0]!["curvature"]!;
        Assert.False((bool)known["complete"]!);
        Succeed([.. command, "--out", stopped, "--resume"]);
        AssertSame(whole, stopped, isFinished: true);
    }

    private string[] Model(int epochs) =>
    [
        "--data", _table, "--test-data", _table, "--model", "mlp:3-4-2", "--samples", "60", "--batch-size", "8", "--device", "cpu",
        "--epochs", epochs.ToString(CultureInfo.InvariantCulture),
    ];

    private void Survives(string[] command)
    {
        string whole = _folder.PathOf("whole");
        long start = Stopwatch.GetTimestamp();
        Succeed([.. command, "--out", whole]);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int killed = 0, resumed = 0;
        for (int run = 0; run == 0 || killed < Kills; run++)
        {
            string folder = $"killed-{run}";
            while (!IsFinished(folder))
            {
                bool goesOn = HoldsWork(folder);
                resumed += goesOn ? 1 : 0;
                string[] again = [.. command, "--out", _folder.PathOf(folder), .. goesOn ? new[] { "--resume" } : []];
                if (killed == Kills)
                    Succeed(again);
                else
                    // In the first third it has hardly read its options.
                    killed += IsKilled(again, (0.3 + (0.7 * Random.Shared.NextDouble())) * seconds) ? 1 : 0;
                AssertSame(whole, _folder.PathOf(folder), isFinished: false);
            }

            AssertSame(whole, _folder.PathOf(folder), isFinished: true);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{command[0]}: {killed} kills, {resumed} times gone on");
    }

    // Finished is a run whose result is there and that has nothing left to go on with.
    private bool IsFinished(string folder)
        => !Directory.Exists(_folder.PathOf($"{folder}/.unfinished")) && Directory.Exists(_folder.PathOf(folder))
            && Directory.GetFiles(_folder.PathOf(folder), "report.html").Length == 1;

    // Of what was asked, and that it was forced, nothing can go on.
    private bool HoldsWork(string folder)
        => Directory.Exists(_folder.PathOf($"{folder}/.unfinished/checkpoint"))
            && Directory.GetFiles(_folder.PathOf($"{folder}/.unfinished/checkpoint")).Select(file => Path.GetFileName(file)).Any(
                name => name is not ("command" or "forced") && name[0] != '.');

    private static bool IsKilled(string[] command, double seconds)
    {
        using Process process = Started(command);
        _ = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(seconds));
        if (!ended)
            process.Kill();
        process.WaitForExit();
        Assert.True(!ended || process.ExitCode == 0, error.GetAwaiter().GetResult());
        return !ended;
    }

    // It says what it does on the error stream, while nothing is quiet.
    private static void Succeed(string[] command)
    {
        using Process process = Started(command);
        _ = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }

    private static void Refused(int exitCode, string part, string[] command)
    {
        using Process process = Started(command);
        _ = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Equal(exitCode, process.ExitCode);
    }

    private static Process Started(string[] command)
        => ProgramProcess.StartWith("BASIN_VOLUME_CHECKPOINT_SECONDS", "0.01", [.. command, "--threads", "1", "--quiet"]);

    // What stands in a folder is of the undisturbed run byte for byte, but for the log, the page and what a result says of seconds and folders.
    private static void AssertSame(string whole, string folder, bool isFinished)
    {
        string[] expected = Files(whole), found = Files(folder);
        if (isFinished)
            Assert.Equal(expected, found);
        Assert.All(found, name =>
        {
            string file = Path.Combine(folder, name);
            switch (Path.GetExtension(name))
            {
                case ".log":
                    break;
                case ".html":
                    Assert.EndsWith("</html>", File.ReadAllText(file).TrimEnd(), StringComparison.Ordinal);
                    break;
                case ".json":
                    Assert.Equal(Timeless(whole, name), Timeless(folder, name));
                    break;
                default:
                    Assert.True(File.ReadAllBytes(Path.Combine(whole, name)).AsSpan().SequenceEqual(File.ReadAllBytes(file)), name);
                    break;
            }
        });
    }

    private static string[] Files(string folder)
        => !Directory.Exists(folder) ? [] :
        [
            .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(name => name[0] != '.').Order(StringComparer.Ordinal),
        ];

    private static string Timeless(string folder, string name)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, name)))!;
        Strip(root);
        return root.ToJsonString().Replace(folder, "DIR", StringComparison.Ordinal);
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject record)
        {
            foreach (string name in record.Select(pair => pair.Key).Where(name => name.EndsWith("seconds", StringComparison.Ordinal)).ToArray())
                record.Remove(name);
            foreach (JsonNode? value in record.Select(pair => pair.Value))
                Strip(value);
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? value in list)
                Strip(value);
        }
    }

    // Two classes of points on two noisy spirals, from a fixed stream.
    private static string Table(int samples)
    {
        var random = new Random(5);
        var text = new StringBuilder("u;v;w;label\n");
        for (int i = 0; i < samples; i++)
        {
            double angle = random.NextDouble() * 6;
            double u = (angle * Math.Cos(angle)) + (i % 2), v = angle * Math.Sin(angle);
            text.Append(CultureInfo.InvariantCulture, $"{u:f4};{v:f4};{random.NextDouble():f4};{i % 2}\n");
        }

        return text.ToString();
    }
}
