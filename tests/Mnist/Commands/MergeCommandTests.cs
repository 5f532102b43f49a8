using System.Text.Json;
using System.Text.RegularExpressions;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Parts of a result, each by a process of its own, and what merge makes of them.</summary>
public sealed partial class MergeCommandTests(MergeCommandTests.Weights weights) : IClassFixture<MergeCommandTests.Weights>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_of_a_hessian_give_the_files_of_one_run_byte_by_byte()
    {
        // 4,096 samples are 8 shards of a matrix.
        string[] asked = ["--weights", weights.Folder, "--samples", "4096", "--device", "cpu", "--weighting", "sample-mean"];
        Run(["hessian", .. asked, "--threads", "2", "--out", _folder.PathOf("plain")]);
        string[] folders = [.. Enumerable.Range(1, 3).Select(part => _folder.PathOf($"part-{part}"))];
        for (int i = 0; i < 3; i++)
            Run(["hessian", .. asked, "--threads", $"{1 + (i % 2)}", "--shard", $"{i + 1}/3", "--out", folders[i]]);
        Run(["merge", .. folders.Reverse(), "--out", _folder.PathOf("merged")]);
        AssertSameArrays(_folder.PathOf("plain"), _folder.PathOf("merged"));
        Assert.Equal(Numbers(_folder.PathOf("plain/result.json")), Numbers(_folder.PathOf("merged/result.json")));
    }

    [Fact]
    public void More_parts_than_shards_are_empty_and_say_so_and_later_options_are_taken_by_merge()
    {
        string[] asked = ["--weights", weights.Folder, "--samples", "60", "--device", "cpu"];
        string[] later = ["--threshold", "3", "--k", "2", "--penalty", "included", "--weight-decay", "0.5"];
        Run(["hessian", .. asked, .. later, "--out", _folder.PathOf("plain")]);
        string[] folders = [_folder.PathOf("part-1"), _folder.PathOf("part-2")];
        string[] said = [.. folders.Select((folder, i) => Run(["hessian", .. asked, "--shard", $"{i + 1}/2", "--out", folder]))];
        Assert.Equal([true, false], said.Select(text => text.Contains("0 of 60: this part is empty", StringComparison.Ordinal)));
        Assert.All(said, text => Assert.Contains("It is no result", text, StringComparison.Ordinal));
        Run(["merge", .. folders, .. later, "--out", _folder.PathOf("merged")]);
        AssertSameArrays(_folder.PathOf("plain"), _folder.PathOf("merged"));
        Assert.Equal(Numbers(_folder.PathOf("plain/result.json")), Numbers(_folder.PathOf("merged/result.json")));
    }

    [Fact]
    public void Parts_of_rays_give_the_numbers_of_one_run()
    {
        // The sweep has 100 of them, so that the second part's lie on both sides of its end.
        string[] asked =
        [
            "volume", "--run", weights.Folder, "--rays", "110", "--population", "4", "--sigma", "0.1", "--threshold", "0.2", "--threshold-kind", "excess",
            "--device", "cpu",
        ];
        Run([.. asked, "--out", _folder.PathOf("plain")]);
        Run([.. asked, "--shard", "1/2", "--out", _folder.PathOf("part-1")]);
        Run([.. asked, "--shard", "2/2", "--out", _folder.PathOf("part-2")]);
        Run(["merge", _folder.PathOf("part-1"), _folder.PathOf("part-2"), "--out", _folder.PathOf("merged")]);
        Assert.Equal(Numbers(_folder.PathOf("plain/volume.json")), Numbers(_folder.PathOf("merged/volume.json")));
    }

    [Fact]
    public void What_merge_goes_on_with_must_be_what_the_parts_are_of()
    {
        string part = _folder.PathOf("part"), others = _folder.PathOf("others");
        string[] asked = ["--weights", weights.Folder, "--samples", "60", "--device", "cpu"];
        Run(["hessian", .. asked, "--shard", "1/1", "--out", part]);
        Weights.Train(others, seed: "2");
        (int exitCode, string error) = ProgramCall.Run("merge", part, "--weights", others, "--out", _folder.PathOf("merged"));
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("The parts are of something else: the weights' SHA-256 is", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("merged")));

        foreach (string command in (string[])["report --run", "volume --run", "spectrum --run", "landscape --run", "hessian --weights"])
        {
            (exitCode, error) = ProgramCall.Run([.. command.Split(' '), part]);
            Assert.Equal(ExitCodes.Data, exitCode);
            Assert.Contains("holds a part of a result", error, StringComparison.Ordinal);
            Assert.Contains("basin-volume merge", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--shard must be I/K", "hessian", "--shard", "0/3")]
    [InlineData("train it once with 'train --out DIR'", "hessian", "--shard", "1/2")]
    [InlineData("give the run with --run DIR", "volume", "--hessian", "h.npy", "--shard", "1/2")]
    [InlineData("--rays 0 asks for none", "volume", "--run", "r", "--rays", "0", "--shard", "1/2")]
    [InlineData("--converge moves the weights step by step", "volume", "--run", "r", "--converge", "--shard", "1/2")]
    [InlineData("--mpi shares the work among ranks", "hessian", "--shard", "1/2", "--mpi")]
    [InlineData("a part of --shard is computed at once and keeps none", "hessian", "--shard", "1/2", "--resume", "--out", "nowhere")]
    [InlineData("Required argument 'part' missing", "merge")]
    [InlineData("'--hreshold'; the nearest is '--threshold'", "merge", "part", "--hreshold", "3")]
    public void What_is_no_part_is_refused(string expected, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(arguments);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static string Run(string[] arguments)
    {
        (int exitCode, string said, string error) = ProgramCall.RunForOutput(arguments);
        Assert.True(exitCode == 0, error);
        return said;
    }

    private static void AssertSameArrays(string expected, string found)
    {
        string[] names = [.. Directory.EnumerateFiles(expected, "*.npy", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(expected, file))];
        Assert.Contains("hessian-small.npy", names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, name)), File.ReadAllBytes(Path.Combine(found, name))));
    }

    // All that a result says but where things lie, what it took, and the hashes of its files, some of which say when they were written.
    private static string Numbers(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        IEnumerable<string> keys = document.RootElement.EnumerateObject().Where(key => key.Name is not ("files" or "command_line" or "seconds")).Select(
            key => $"{key.Name}: {key.Value.GetRawText()}");
        return Varying().Replace(string.Join('\n', keys), string.Empty);
    }

    [GeneratedRegex("\"(seconds|path|file|model|threads)\": .*")]
    private static partial Regex Varying();

    /// <summary>The weights of a small model, in the folder of a run.</summary>
    public sealed class Weights : IDisposable
    {
        private static readonly string[] Small =
        [
            """{ "input": [1, 28, 28], "layers": [ { "type": "average-pool", "size": 7 }, { "type": "flatten" },""",
            """{ "type": "linear", "name": "a", "outputs": 5 }, { "type": "relu" },""",
            """{ "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }""",
        ];

        private readonly TemporaryFolder _folder = new();

        public Weights() => Train(Folder, seed: "1");

        public string Folder => _folder.PathOf("run");

        public static void Train(string folder, string seed)
        {
            using TemporaryFolder model = new();
            File.WriteAllLines(model.PathOf("small.json"), Small);
            Run(["hessian", "--model", model.PathOf("small.json"), "--samples", "60", "--epochs", "2", "--device", "cpu", "--seed", seed, "--out", folder]);
        }

        public void Dispose() => _folder.Dispose();
    }
}
