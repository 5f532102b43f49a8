using System.Reflection;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Tests.Contracts;
using BasinVolume.Kernels.Tests.Devices;
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

    private static readonly Type[] Tiles = [.. typeof(ITile).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(ITile)))];

    private static readonly Type[] Patches = [.. typeof(IPatch).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IPatch)))];

    public static TheoryData<string, string, string> Kernels
        => [.. from name in FindAll().SelectMany(NamesOf)
               from precision in Precisions
               from architecture in Architectures
               select (name, precision, NameOf(architecture))];

    public static TheoryData<string, string, string> GroupedKernels
        => [.. from kernel in FindAll()
               where IsGrouped(kernel)
               from name in NamesOf(kernel)
               from precision in Precisions
               from architecture in Architectures
               select (name, precision, NameOf(architecture))];

    public PtxTests() => TestDevices.SkipUnlessMeant(TestDevices.Cuda);

    [Fact]
    public void All_kernels_are_found() => Assert.True(FindAll().Count() >= 23, "Reflection finds fewer kernels than there are kernels.");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_keeps_to_registers_and_global_memory(string name, string precision, string architecture)
    {
        string text = Compile(name, precision, Architectures.Single(known => NameOf(known) == architecture));
        Assert.Contains(".target sm_80", text, StringComparison.Ordinal); // newer cards run it; ILGPU 1.5.3 has nothing that needs more
        Assert.DoesNotContain(".extern .func", text, StringComparison.Ordinal); // an intrinsic that ILGPU has no code for
        Assert.DoesNotContain("call", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bld\.(?!global|param|shared)", text);
        Assert.DoesNotMatch(@"\bst\.(?!global|shared)", text);
        Assert.DoesNotMatch(@"\b(atom|red)\.", text);
        Assert.DoesNotMatch(@"\.(approx|ftz)\b", text); // what IEEE arithmetic does not round so
        Assert.Contains("st.global", text, StringComparison.Ordinal);
        if (precision == nameof(Single))
            Assert.DoesNotContain(".f64", text, StringComparison.Ordinal);
        bool grouped = IsGrouped(Find(name));
        Assert.Equal(grouped, text.Contains("bar.sync", StringComparison.Ordinal));
        Assert.Equal(grouped, text.Contains(".shared", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(GroupedKernels))]
    public void A_kernel_of_groups_moves_128_bits_at_once(string name, string precision, string architecture)
    {
        string text = Compile(name, precision, Architectures.Single(known => NameOf(known) == architecture));
        string four = precision == nameof(Single) ? "v4.f32" : "v2.f64";
        Assert.Contains($"ld.global.{four}", text, StringComparison.Ordinal);
        Assert.Contains($"st.global.{four}", text, StringComparison.Ordinal);
        Assert.Contains($"ld.shared.{four}", text, StringComparison.Ordinal);
        // What a convolution gathers are pixels here and there; neighbouring threads put them beside each other, one by one.
        if (!name.StartsWith(typeof(TiledConvolution<,>).Name, StringComparison.Ordinal))
            Assert.Contains($"st.shared.{four}", text, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static IEnumerable<MethodInfo> FindAll()
        => from type in typeof(IlgpuDevice).Assembly.GetTypes()
           where type.Namespace == typeof(IlgpuDevice).Namespace
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where IsKernel(method)
           select method;

    // Threads alone take their index first; threads in groups take their arguments alone.
    private static bool IsKernel(MethodInfo method) => method.ReturnType == typeof(void) && method.GetParameters() switch
    {
        [{ ParameterType: var index }, _] => index == typeof(Index1D),
        [{ ParameterType.Name: var name }] => name.EndsWith("Arguments`1", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsGrouped(MethodInfo kernel) => kernel.GetParameters().Length == 1;

    private static MethodInfo Find(string name) => FindAll().Single(kernel => NameOf(kernel) == name.Split(' ')[0]);

    private static string NameOf(CudaArchitecture architecture) => $"sm_{architecture.Major}{architecture.Minor}";

    private static string NameOf(MethodInfo kernel) => $"{kernel.DeclaringType!.Name}.{kernel.Name}";

    // A kernel that is generic in a function is one kernel for each function, and one that is generic in a tile or a patch one for each of these.
    private static IEnumerable<string> NamesOf(MethodInfo kernel)
    {
        string[] parameters = [.. kernel.DeclaringType!.GetGenericArguments().Select(parameter => parameter.Name)];
        if (parameters.Contains("TFunction"))
            return Vocabulary.Functions.Select(function => $"{NameOf(kernel)} {function.Name}");
        if (parameters.Contains("TPatch"))
            return Patches.Select(patch => $"{NameOf(kernel)} {patch.Name}");
        return parameters.Contains("TTile") ? Tiles.Select(tile => $"{NameOf(kernel)} {tile.Name}") : [NameOf(kernel)];
    }

    private static Type ArgumentFor(Type parameter, string variant, bool isSingle) => parameter.Name switch
    {
        "TTile" => Tiles.Single(type => type.Name == variant),
        "TPatch" => Patches.Single(type => type.Name == variant),
        "T" => isSingle ? typeof(float) : typeof(double),
        "TElementary" => isSingle ? typeof(SingleElementary) : typeof(DoubleElementary),
        "TFunction" => Vocabulary.Functions.Single(type => type.Name == variant),
        _ => throw new NotSupportedException($"What to put in place of {parameter.Name}?"),
    };

    // For a card of that architecture, in the instruction set of the oldest driver that knows the card: what every driver it is found with understands.
    private string Compile(string name, string precision, CudaArchitecture architecture)
    {
        MethodInfo open = Find(name);
        Type[] arguments =
            [.. open.DeclaringType!.GetGenericArguments().Select(parameter => ArgumentFor(parameter, name.Split(' ')[^1], precision == nameof(Single)))];
        MethodInfo closed = open.DeclaringType.MakeGenericType(arguments).GetMethod(open.Name, BindingFlags.Static | BindingFlags.NonPublic)!;

        CudaInstructionSet instructions = CudaAccelerator.GetInstructionSet(architecture, CudaDriverVersionUtils.GetMinimumDriverVersion(architecture));
        using var backend = new PTXBackend(_context, new CudaCapabilityContext(architecture), architecture, instructions, null);
        EntryPointDescription entry = IsGrouped(open)
            ? EntryPointDescription.FromExplicitlyGroupedKernel(closed)
            : EntryPointDescription.FromImplicitlyGroupedKernel(closed);
        var compiled = (PTXCompiledKernel)backend.Compile(entry, default);
        return compiled.PTXAssembly;
    }
}
