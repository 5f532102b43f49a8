using System.Diagnostics;
using System.Globalization;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Tests.Commands;

namespace BasinVolume.Mnist.Tests.Companions;

/// <summary>The program as several ranks that a launcher of MPI starts, on this machine.</summary>
public sealed class RanksTests : DataTests
{
    private const int Count = 4100, Features = 6, Classes = 3;

    // Numbers of a run; its documents have times, and its pictures are of these numbers.
    private static readonly string[] Endings = [".npy", ".npz", ".csv", ".safetensors"];

    // 4,100 samples are 8 shards, and a batch is 4.
    private static readonly string[] Training =
    [
        "--model", "mlp:6-4-3", "--sampling", "all", "--batch-size", "2050", "--device", "cpu", "--threads", "1", "--memory", "64MiB", "--epochs",
    ];

    private static readonly string[] Few = ["--largest", "2", "--smallest", "1", "--probes", "2", "--steps", "8", "--trace-tolerance", "0.1"];

    // More commands, by 1 to 4 ranks under both launchers, are .ci/ranks's.
    [Theory]
    [InlineData("mpich", "hessian", 3)]
    [InlineData("openmpi", "curvature", 4)]
    public void Any_number_of_ranks_gives_the_bits_of_a_process_alone(string engine, string command, int ranks)
    {
        var launcher = new Launcher(engine);
        launcher.Demand();
        string[] arguments = [command, "--data", Samples(), .. Training, "2", .. command == "curvature" ? Few : []];
        string alone = PathOf("alone"), together = PathOf("together");
        (int exitCode, string error) = ProgramProcess.Run([.. arguments, "--out", alone]);
        Assert.True(exitCode == 0, error);
        (exitCode, error) = launcher.Run(ranks, [.. arguments, "--out", together]);
        Assert.True(exitCode == 0, error);
        Assert.Contains($"{ranks} ranks on", error, StringComparison.Ordinal);
        // One of them speaks.
        Assert.Single(error.Split('\n'), line => line.Contains("results are in", StringComparison.Ordinal));
        string[] files = NumbersIn(alone);
        Assert.True(files.Length >= 6, string.Join(' ', files));
        Assert.Equal(NamesIn(alone), NamesIn(together));
        Assert.All(files, file => Assert.True(
            File.ReadAllBytes(Path.Combine(alone, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(together, file))), file));
    }

    [Fact]
    public void Ranks_with_other_weights_are_refused_before_anything_is_computed()
    {
        var launcher = new Launcher("mpich");
        launcher.Demand();
        string[] folders = [Weights("here", "1"), Weights("there", "2")];
        (int exitCode, string error) = launcher.RunIn(
            folders, "hessian", "--data", Samples(), "--weights", "weights", "--device", "cpu", "--threads", "1", "--quiet", "--out", PathOf("out"));
        Assert.Equal(ExitCodes.Usage, exitCode);
        string sentence = Assert.Single(Said(error));
        Assert.Contains("the weights' SHA-256 is ", sentence, StringComparison.Ordinal);
        Assert.Contains("in rank 0", sentence, StringComparison.Ordinal);
        Assert.Contains("in rank 1", sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
    }

    [Fact]
    public void Ranks_that_are_asked_for_something_else_are_refused()
    {
        var launcher = new Launcher("mpich");
        launcher.Demand();
        string[] arguments = ["train", "--data", Samples(), .. Training, "2", "--out", PathOf("out")];
        (int exitCode, string error) = launcher.RunEach([.. arguments, "--seed", "4"], [.. arguments, "--seed", "5"]);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("--seed is 4 in rank 0 and 5 in rank 1", Assert.Single(Said(error)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
    }

    [Theory]
    [InlineData("mpich")]
    [InlineData("openmpi")]
    public void A_rank_that_fails_says_why_and_ends_all(string engine)
    {
        var launcher = new Launcher(engine);
        launcher.Demand();
        string here = Path.GetDirectoryName(Samples())!, there = PathOf("there");
        Directory.CreateDirectory(there);
        (int exitCode, string error) = launcher.RunIn(
            [here, there], ["train", "--data", Path.GetFileName(Samples()), .. Training, "1", "--quiet", "--out", PathOf("out")]);
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.StartsWith($"Rank 1 of 2, on {Environment.MachineName}: ", Assert.Single(Said(error)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("out")));
    }

    [Theory]
    [InlineData("mpich")]
    [InlineData("openmpi")]
    public void A_rank_that_is_killed_ends_all_and_leaves_no_result(string engine)
    {
        var launcher = new Launcher(engine);
        launcher.Demand();
        string output = PathOf("out");
        Process run = launcher.Start(2, ["train", "--data", Samples(), .. Training, "1000000", "--out", output]);
        int rank = launcher.ProcessOf(1, output);
        while (!Directory.Exists(output))
            Thread.Sleep(50);
        Process.Start("kill", ["-KILL", rank.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        (int exitCode, string error) = Launcher.Ended(run);
        Assert.NotEqual(0, exitCode);
        // What there is to say the launcher says, for the rank itself cannot.
        Assert.Contains("Killed", error, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(output, "result.json")));
    }

    [Fact]
    public void The_library_of_another_launcher_is_refused()
    {
        var launcher = new Launcher("mpich");
        launcher.Demand();
        new Launcher("openmpi").Demand();
        (int exitCode, string error) = launcher.Run(2, "train", "--data", Samples(), "--mpi-library", "libmpi.so.40", "--out", PathOf("out"));
        Assert.Equal(ExitCodes.Device, exitCode);
        Assert.Contains("has started 2 ranks, but Open MPI", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_is_exit_code_4_and_what_was_looked_for()
        => AssertRefused(
            ExitCodes.Device, "looked for /nowhere/libmpi.so (", "train", "--data", Samples(), "--mpi", "--mpi-library", "/nowhere/libmpi.so");

    [Fact]
    public void A_library_for_nobody_is_refused()
        => AssertRefused(ExitCodes.Usage, "without --mpi there is one rank only", "train", "--data", Samples(), "--mpi-library", "libmpi.so");

    private static string[] NamesIn(string folder)
        => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal)];

    private static string[] NumbersIn(string folder) => [.. NamesIn(folder).Where(name => Endings.Contains(Path.GetExtension(name)))];

    // Launchers tell at length that something has ended; what the program says begins with its rank.
    private static string[] Said(string error) => [.. error.Split('\n').Where(line => line.StartsWith("Rank ", StringComparison.Ordinal))];

    // A folder that has weights of a small model, named the same in each.
    private string Weights(string name, string seed)
    {
        string folder = PathOf(name);
        Directory.CreateDirectory(folder);
        Succeed(["train", "--data", Samples(), .. Training, "1", "--seed", seed, "--out", Path.Combine(folder, "weights")]);
        return folder;
    }

    private string Samples()
    {
        string path = PathOf("samples.npz");
        if (File.Exists(path))
            return path;
        var random = new NumpyRandom(7);
        double[] inputs = new double[Count * Features];
        long[] labels = new long[Count];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = random.NextDouble() - 0.5;
        for (int i = 0; i < Count; i++)
            labels[i] = (long)(Classes * Math.Abs(inputs[i * Features] + inputs[(i * Features) + 1])) % Classes;
        return Written("samples.npz", Reals("x", [Count, Features], inputs), Whole("y", [Count], labels));
    }
}
