using System.Reflection;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Ilgpu;
using BasinVolume.Kernels.Pointwise;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace BasinVolume.Kernels.Tests.Ilgpu;

/// <summary>Every kernel compiled to what CUDA's driver is given, without a card, and the text looked at.</summary>
public sealed class PtxTests : IDisposable
{
    private readonly Context _context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));

    private static readonly Type[] Functions =
        [typeof(Relu<>), typeof(LeakyRelu<>), typeof(Sigmoid<>), typeof(Tanh<>), typeof(Softplus<>), typeof(Silu<>), typeof(Gelu<>), typeof(GeluTanh<>)];

    private static readonly string[] Precisions = [nameof(Single), nameof(Double)];

    public static TheoryData<string, string> Kernels
    {
        get
        {
            var kernels = new TheoryData<string, string>();
            foreach (string precision in Precisions)
            {
                foreach (string name in FindAll().SelectMany(NamesOf))
                    kernels.Add(name, precision);
            }

            return kernels;
        }
    }

    [Fact]
    public void All_kernels_are_found() => Assert.True(FindAll().Count() >= 22, "Reflection finds fewer kernels than there are words.");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_keeps_to_registers_and_global_memory(string name, string precision)
    {
        string text = Compile(name, precision);
        Assert.DoesNotContain(".extern .func", text, StringComparison.Ordinal); // an intrinsic that ILGPU has no code for
        Assert.DoesNotContain("call", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bld\.(?!global|param)", text);
        Assert.DoesNotMatch(@"\bst\.(?!global)", text);
        Assert.DoesNotMatch(@"\b(atom|red|bar)\.", text);
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

    private static string NameOf(MethodInfo kernel) => $"{kernel.DeclaringType!.Name}.{kernel.Name}";

    // A kernel that is generic in a function is one kernel for each function.
    private static IEnumerable<string> NamesOf(MethodInfo kernel)
        => kernel.DeclaringType!.GetGenericArguments().Any(parameter => parameter.Name == "TFunction")
            ? Functions.Select(function => $"{NameOf(kernel)} {function.Name}")
            : [NameOf(kernel)];

    private static Type ArgumentFor(Type parameter, string function, bool isSingle) => parameter.Name switch
    {
        "T" => isSingle ? typeof(float) : typeof(double),
        "TElementary" => isSingle ? typeof(SingleElementary) : typeof(DoubleElementary),
        "TFunction" => Functions.Single(type => type.Name == function).MakeGenericType(isSingle ? typeof(float) : typeof(double)),
        _ => throw new NotSupportedException($"What to put in place of {parameter.Name}?"),
    };

    private string Compile(string name, string precision)
    {
        string[] parts = name.Split(' ');
        MethodInfo open = FindAll().Single(kernel => NameOf(kernel) == parts[0]);
        Type[] arguments = [.. open.DeclaringType!.GetGenericArguments().Select(parameter => ArgumentFor(parameter, parts[^1], precision == nameof(Single)))];
        MethodInfo closed = open.DeclaringType.MakeGenericType(arguments).GetMethod(open.Name, BindingFlags.Static | BindingFlags.NonPublic)!;

        CudaArchitecture architecture = CudaArchitecture.SM_80;
        using var backend = new PTXBackend(_context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_80, null);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(closed), default);
        return compiled.PTXAssembly;
    }
}
