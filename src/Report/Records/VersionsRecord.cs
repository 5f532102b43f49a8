using System.Reflection;
using System.Runtime.InteropServices;

namespace BasinVolume.Report.Records;

/// <summary>What computed.</summary>
public sealed record VersionsRecord
{
    /// <summary>The version of this program.</summary>
    public required string BasinVolume { get; init; }

    /// <summary>The version of .NET.</summary>
    public required string Dotnet { get; init; }

    /// <summary>The version of ILGPU.</summary>
    public required string Ilgpu { get; init; }

    /// <summary>The version of MathNet.Numerics.</summary>
    public required string MathNet { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>What computes here.</summary>
    /// <param name="ilgpu">The version of ILGPU, which only the program knows.</param>
    public static VersionsRecord Here(string ilgpu) => new()
    {
        BasinVolume = VersionOf(typeof(VersionsRecord)),
        Dotnet = Environment.Version.ToString(),
        Ilgpu = ilgpu,
        MathNet = VersionOf(typeof(global::MathNet.Numerics.SpecialFunctions)),
        System = RuntimeInformation.OSDescription,
    };

    /// <summary>The same as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Rows() =>
    [
        ("version of basin volume", BasinVolume),
        ("version of dotnet", Dotnet),
        ("version of ilgpu", Ilgpu),
        ("version of math net", MathNet),
        ("version of system", System),
    ];

    private static string VersionOf(Type type)
        => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
