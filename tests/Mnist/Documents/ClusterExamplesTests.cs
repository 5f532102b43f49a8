using System.CommandLine;
using System.Text.RegularExpressions;
using BasinVolume.Mnist.Commands;
using YamlDotNet.RepresentationModel;

namespace BasinVolume.Mnist.Tests.Documents;

/// <summary>The files of samples/cluster are of the form that they say, and their command lines are ones that the program takes.</summary>
public sealed partial class ClusterExamplesTests
{
    private const string Program = "basin-volume";

    private static readonly string Folder = Path.Combine(TestFiles.RepositoryRoot(), "samples", "cluster");

    public static TheoryData<string> Files
        => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Where(file => file != "README.md").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_line_is_taken(string file)
    {
        string[][] lines = [.. CommandLines(file)];
        Assert.NotEmpty(lines);
        foreach (string option in (string[])["--mpi", "--shard"])
            Assert.SkipWhen(lines.Any(words => words.Contains(option)) && !IsThere(option), $"No command of this program has {option}.");
        Assert.All(lines, words => Assert.Empty(ProgramCommands.Root.Parse(words).Errors));
    }

    [Fact]
    public void Ranks_are_asked_for_where_ranks_are_started_and_shares_where_parts_are()
    {
        string[] Of(string file) => [.. CommandLines(file).Select(words => string.Join(' ', words))];
        Assert.All((string[])["mpirun.sh", "slurm-mpi.sh", "kubernetes-mpi.yaml"], file => Assert.All(
            Of(file), line => Assert.EndsWith(" --mpi", line, StringComparison.Ordinal)));
        Assert.All((string[])["slurm-shards.sh", "kubernetes-shards.yaml"], file =>
        {
            Assert.Contains(Of(file), line => line.Contains(" --shard 1/16 ", StringComparison.Ordinal));
            Assert.Contains(Of(file), line => line.StartsWith("merge parts/part-1 ", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_objects_of_Kubernetes_are_jobs_with_pods()
    {
        (string Kind, YamlMappingNode Pod)[] pods =
        [
            .. Objects("kubernetes-shards.yaml").Select(job => (Text(job["kind"]), (YamlMappingNode)job["spec"]["template"]["spec"])),
            .. Objects("kubernetes-mpi.yaml").SelectMany(job => ((YamlMappingNode)job["spec"]["mpiReplicaSpecs"]).Children.Values.Select(
                replica => (Text(job["kind"]), (YamlMappingNode)replica["template"]["spec"]))),
        ];
        Assert.Equal(["Job", "Job", "MPIJob", "MPIJob"], pods.Select(pod => pod.Kind));
        Assert.All(pods, pod => Assert.All((YamlSequenceNode)pod.Pod["containers"], container => Assert.StartsWith(
            "registry.example.org/", Text(container["image"]), StringComparison.Ordinal)));
        YamlMappingNode parts = Objects("kubernetes-shards.yaml")[0];
        Assert.Equal(("Indexed", "16"), (Text(parts["spec"]["completionMode"]), Text(parts["spec"]["completions"])));
    }

    [Fact]
    public void Shells_can_read_their_files()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no shell here.");
        Assert.All(Directory.GetFiles(Folder, "*.sh"), file =>
        {
            using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-n", file]);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        });
    }

    private static bool IsThere(string option)
        => ProgramCommands.Root.Subcommands.Append<Command>(ProgramCommands.Root).Any(command => command.Options.Any(own => own.Name == option));

    // What the program is given, word by word; comments that show a command line count.
    private static IEnumerable<string[]> CommandLines(string file)
    {
        string[] scripts = file.EndsWith(".sh", StringComparison.Ordinal)
            ? [File.ReadAllText(Path.Combine(Folder, file)).Replace("\\\n", " ", StringComparison.Ordinal)]
            : [.. Objects(file).SelectMany(Scripts)];
        return scripts.SelectMany(script => script.Split('\n')).SelectMany(line => line.Split(Program + " ")[1..]).Select(Words);
    }

    private static IEnumerable<string> Scripts(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => Scripts(pair.Value)),
        // A list of words is a command; a word with spaces in it is a script.
        YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode) =>
            list.Select(Text).Any(word => word.StartsWith("exec ", StringComparison.Ordinal)) ? list.Select(Text) : [string.Join(' ', list.Select(Text))],
        YamlSequenceNode list => list.SelectMany(Scripts),
        _ => [],
    };

    // What a shell would make of it: numbers for variables, words without quotes, the first of the names that a pattern stands for.
    private static string[] Words(string line)
        => Variable().Replace(line, "1").Replace("\"", string.Empty, StringComparison.Ordinal).Replace('*', '1')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static YamlMappingNode[] Objects(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Folder, file));
        yaml.Load(reader);
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$\(\([^)]*\)\)|\$[A-Z_]+")]
    private static partial Regex Variable();
}
