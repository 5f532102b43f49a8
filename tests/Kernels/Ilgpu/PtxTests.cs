using System.Reflection;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Ilgpu;
using BasinVolume.Kernels.Tests.Words;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace BasinVolume.Kernels.Tests.Ilgpu;

/// <summary>Every kernel compiled to what CUDA's driver is given, without a card, and the text looked at.</summary>
public sealed class PtxTests : IDisposable
{
    private readonly Context _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));

    private static readonly string[] Precisions = [nameof(Single), nameof(Double)];

    private static readonly CudaArchitecture[] Architectures = [CudaArchitecture.SM_80, CudaArchitecture.SM_90];

    public static TheoryData<string, string, string> Kernels
        => [.. from name in FindAll().SelectMany(NamesOf) from precision in Precisions from architecture in Architectures select (name, precision, NameOf(architecture))];

    [Fact]
    public void All_kernels_are_found() => Assert.True(FindAll().Count() >= 22, "Reflection finds fewer kernels than there are words.");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_keeps_to_registers_and_global_memory(string name, string precision, string architecture)
    {
        string text = Compile(name, precision, Architectures.Single(known => NameOf(known) == architecture));
        Assert.Contains(".target sm_80", text, StringComparison.Ordinal); // newer cards run it; ILGPU 1.5.3 has nothing that needs more
        Assert.DoesNotContain(".extern .func", text, StringComparison.Ordinal); // an intrinsic that ILGPU has no code for
        Assert.DoesNotContain("call", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bld\.(?!global|param)", text);
        Assert.DoesNotMatch(@"\bst\.(?!global)", text);
        Assert.DoesNotMatch(@"\b(atom|red|bar)\.", text);
        Assert.DoesNotMatch(@"\.(approx|ftz)\b", text); // what IEEE arithmetic does not round so
        Assert.Contains("st.global", text, StringComparison.Ordinal);
        if (precision == nameof(Single))
            Assert.DoesNotContain(".f64", text, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static IEnumerable<MethodInfo> FindAll()
        => from type in typeof(IlgpuDevice).Assembly.GetTypes()
           where type.Namespace == typeof(IlgpuDevice).Namespace
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Index1D)
           select method;

    private static string NameOf(CudaArchitecture architecture) => $"sm_{architecture.Major}{architecture.Minor}";

    private static string NameOf(MethodInfo kernel) => $"{kernel.DeclaringType!.Name}.{kernel.Name}";

    // A kernel that is generic in a function is one kernel for each function.
    private static IEnumerable<string> NamesOf(MethodInfo kernel)
        => kernel.DeclaringType!.GetGenericArguments().Any(parameter => parameter.Name == "TFunction")
            ? Vocabulary.Functions.Select(function => $"{NameOf(kernel)} {function.Name}")
            : [NameOf(kernel)];

    private static Type ArgumentFor(Type parameter, string function, bool isSingle) => parameter.Name switch
    {
        "T" => isSingle ? typeof(float) : typeof(double),
        "TElementary" => isSingle ? typeof(SingleElementary) : typeof(DoubleElementary),
        "TFunction" => Vocabulary.Functions.Single(type => type.Name == function).MakeGenericType(isSingle ? typeof(float) : typeof(double)),
        _ => throw new NotSupportedException($"What to put in place of {parameter.Name}?"),
    };

    // For a card of that architecture, in the instruction set of the oldest driver that knows the card: what every driver it is found with understands.
    private string Compile(string name, string precision, CudaArchitecture architecture)
    {
        string[] parts = name.Split(' ');
        MethodInfo open = FindAll().Single(kernel => NameOf(kernel) == parts[0]);
        Type[] arguments = [.. open.DeclaringType!.GetGenericArguments().Select(parameter => ArgumentFor(parameter, parts[^1], precision == nameof(Single)))];
        MethodInfo closed = open.DeclaringType.MakeGenericType(arguments).GetMethod(open.Name, BindingFlags.Static | BindingFlags.NonPublic)!;

        CudaInstructionSet instructions = CudaAccelerator.GetInstructionSet(architecture, CudaDriverVersionUtils.GetMinimumDriverVersion(architecture));
        using var backend = new PTXBackend(_context, new CudaCapabilityContext(architecture), architecture, instructions, null);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(closed), default);
        return compiled.PTXAssembly;
    }
}
