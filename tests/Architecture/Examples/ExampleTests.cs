using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BasinVolume.Architecture.Tests.Examples;

/// <summary>Every example in the documentation of the libraries compiles, all of them in one compilation, and runs.</summary>
public class ExampleTests
{
    private static readonly string[] Libraries = ["Kernels", "Gpu", "Autodiff", "Curvature", "Basins", "Interop", "Data", "Onnx"];
    private static readonly (string Member, string Code)[] All = [.. Libraries.SelectMany(ExamplesOf)];
    private static readonly Lazy<(Assembly? Assembly, string Errors)> Compiled = new(Compile);

    public static TheoryData<int, string> Examples
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (int i = 0; i < All.Length; i++)
                rows.Add(i, All[i].Member);
            return rows;
        }
    }

    [Fact]
    public void What_is_used_most_has_an_example() => Assert.InRange(All.Length, 20, int.MaxValue);

    [Fact]
    public void Examples_compile() => Assert.Empty(Compiled.Value.Errors);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(int number, string member)
    {
        Assert.SkipWhen(Compiled.Value.Assembly is null, $"{member} does not compile.");
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            using var example = (Given)Activator.CreateInstance(Compiled.Value.Assembly!.GetType($"Example{number}")!)!;
            Assert.Null(Record.Exception(example.Run));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static IEnumerable<(string, string)> ExamplesOf(string library)
        => from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"BasinVolume.{library}.xml")).Descendants("member")
           from code in member.Elements("example").Elements("code")
           select ((string)member.Attribute("name")!, code.Value);

    private static (Assembly? Assembly, string Errors) Compile()
    {
        var source = new StringBuilder();
        foreach (string space in Namespaces())
            source.AppendLine($"using {space};");
        for (int i = 0; i < All.Length; i++)
        {
            source.AppendLine($"public sealed class Example{i} : {typeof(Given).FullName}");
            source.AppendLine("{\n    public override void Run()\n    {");
            source.AppendLine($"#line 1 \"{All[i].Member}\"\n{All[i].Code}");
            source.AppendLine("    }\n}");
        }

        var compilation = CSharpCompilation.Create(
            "Examples", [CSharpSyntaxTree.ParseText(source.ToString())], References(), new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: false));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? (Assembly.Load(image.ToArray()), string.Empty)
            : (null, string.Join('\n', result.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)));
    }

    // What a program with implicit usings has, and all that is public in the libraries.
    private static IEnumerable<string> Namespaces()
        => Libraries.SelectMany(library => Assembly.Load($"BasinVolume.{library}").GetExportedTypes())
            .Select(type => type.Namespace!)
            .Union(["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Numerics.Tensors", "MathNet.Numerics.LinearAlgebra"]);

    private static IEnumerable<MetadataReference> References()
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
}
