using System.Xml.Linq;
using Mono.Cecil;

namespace BasinVolume.Architecture.Tests;

/// <summary>The house as docs/design.md draws it, held against the compiled assemblies.</summary>
public class ArchitectureTests
{
    // What each project may refer to.
    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Kernels"] = [],
        ["Gpu"] = ["Kernels"],
        ["Interop"] = ["Kernels"],
        ["Autodiff"] = ["Kernels"],
        ["Data"] = ["Autodiff", "Interop", "Kernels"],
        ["Onnx"] = ["Autodiff", "Interop", "Kernels"],
        ["Curvature"] = ["Kernels"],
        ["Basins"] = ["Autodiff", "Curvature", "Interop", "Kernels"],
        ["Report"] = ["Autodiff", "Basins", "Curvature", "Interop", "Kernels"],
        ["Mnist"] = ["Autodiff", "Basins", "Curvature", "Data", "Gpu", "Interop", "Kernels", "Onnx", "Report"],
    };

    public static TheoryData<string> Projects => [.. Below.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_those_below_it_alone(string project)
    {
        using ModuleDefinition module = Open(project);
        string[] allowed = [.. Below[project].Select(name => $"BasinVolume.{name}")];
        Assert.All(References(module).Where(name => name.StartsWith("BasinVolume.", StringComparison.Ordinal)), name => Assert.Contains(name, allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_one_project_knows_ILGPU(string project)
    {
        using ModuleDefinition module = Open(project);
        Assert.Equal(project == "Gpu", References(module).Any(name => name.StartsWith("ILGPU", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_benchmarks_refer_to_ILGPU_Algorithms()
    {
        string root = TestFiles.RepositoryRoot();
        string[] referring = [.. Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("PackageReference").Any(package => (string?)package.Attribute("Include") == "ILGPU.Algorithms"))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))];
        Assert.Equal(["benchmarks/BasinVolume.Benchmarks.csproj"], referring);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_do_not_go_round_in_circles(string project)
    {
        using ModuleDefinition module = Open(project);
        var graph = new FolderGraph(module);
        string[] knots = graph.Knots();
        Assert.True(knots.Length == 0, $"{project} has the circles '{string.Join("', '", knots)}':\n{string.Join('\n', knots.SelectMany(graph.Arrows))}");
    }

    private static IEnumerable<string> References(ModuleDefinition module) => module.AssemblyReferences.Select(reference => reference.Name);

    private static ModuleDefinition Open(string project) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"BasinVolume.{project}.dll"));
}
