using System.Reflection;
using ILGPU;

namespace BasinVolume.Kernels.Tests;

/// <summary>The compiler enforces the list, but passes over a line that names nothing: a slip of the pen would allow what it was to forbid.</summary>
public sealed class BannedSymbolsTests
{
    // A package that the project does not use: banned before somebody adds it.
    private const string Algorithms = "N:ILGPU.Algorithms";

    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Type[] Precisions = [typeof(float), typeof(double)];

    private static readonly Assembly[] Assemblies = [typeof(object).Assembly, typeof(Context).Assembly];

    private static readonly (string Name, string Reason)[] Lines = [.. Read()];

    [Fact]
    public void Each_line_names_something_that_exists_and_says_what_to_write_instead()
    {
        Assert.NotEmpty(Lines);
        Assert.All(Lines, line => Assert.True(line.Name == Algorithms || Exists(line.Name), $"{line.Name} does not exist."));
        Assert.All(Lines, line => Assert.NotEmpty(line.Reason));
        Assert.Equal(Lines.Length, Lines.Select(line => line.Name).Distinct().Count());
    }

    [Fact]
    public void What_is_banned_of_a_type_parameter_is_banned_of_float_and_double()
    {
        string[] missing =
            [.. from line in Lines
                let type = DeclaringType(line.Name)
                where type is { IsInterface: true }
                from method in type.GetMethods(Statics)
                where line.Name[0] == 'T' || IdentifierOf(method) == line.Name
                from precision in Precisions
                let twin = Twin(method, precision)
                where twin is not null && !Lines.Any(other => other.Name == IdentifierOf(twin))
                select IdentifierOf(twin)];
        Assert.Empty(missing);
    }

    private static IEnumerable<(string Name, string Reason)> Read()
    {
        using var reader = new StreamReader(typeof(BannedSymbolsTests).Assembly.GetManifestResourceStream("BannedSymbols.txt")!);
        foreach (string line in reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
        {
            int end = line.IndexOf(';', StringComparison.Ordinal);
            yield return (line[..end], line[(end + 1)..]);
        }
    }

    private static bool Exists(string identifier)
        => DeclaringType(identifier) is { } type && (identifier[0] == 'T' || type.GetMethods(Statics).Any(method => IdentifierOf(method) == identifier));

    private static Type? DeclaringType(string identifier)
    {
        string name = identifier[2..].Split('(')[0];
        if (identifier[0] == 'M')
            name = name[..name.LastIndexOf('.')];
        return Assemblies.Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);
    }

    /// <summary>The public method of float or double by which it implements a method of an interface; null where callers cannot name it.</summary>
    private static MethodInfo? Twin(MethodInfo method, Type precision)
    {
        InterfaceMapping map = precision.GetInterfaceMap(method.DeclaringType!.MakeGenericType(precision));
        int place = Array.FindIndex(map.InterfaceMethods, candidate => candidate.MetadataToken == method.MetadataToken);
        MethodInfo twin = map.TargetMethods[place];
        return twin.IsPublic && twin.DeclaringType == precision ? twin : null;
    }

    /// <summary>The name of a method in XML documentation, which is how the list names it.</summary>
    private static string IdentifierOf(MethodInfo method)
    {
        string arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        ParameterInfo[] parameters = method.GetParameters();
        string list = parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => IdentifierOf(parameter.ParameterType)))})";
        return $"M:{method.DeclaringType!.FullName}.{method.Name}{arity}{list}";
    }

    private static string IdentifierOf(Type type)
    {
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsGenericTypeParameter)
            return $"`{type.GenericParameterPosition}";
        if (!type.IsGenericType)
            return type.FullName ?? type.Name;
        string name = type.GetGenericTypeDefinition().FullName!.Split('`')[0];
        return $"{name}{{{string.Join(",", type.GetGenericArguments().Select(IdentifierOf))}}}";
    }
}
