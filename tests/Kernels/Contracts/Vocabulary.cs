namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>The kernels and the pointwise functions that there are, read from the project, so that a test that goes through them meets every new one.</summary>
internal static class Vocabulary
{
    /// <summary>The methods of <see cref="IKernels{T}"/>.</summary>
    public static string[] Kernels { get; } = [.. typeof(IKernels<>).GetMethods().Select(method => method.Name).Distinct()];

    /// <summary>The implementations of <see cref="IPointwise{T}"/>, each generic in the precision alone.</summary>
    public static Type[] Functions { get; } = [.. typeof(IPointwise<>).Assembly.GetTypes().Where(IsPointwise)];

    private static bool IsPointwise(Type type)
        => type is { IsValueType: true, IsGenericTypeDefinition: true } && type.GetInterfaces().Any(parent => parent.Name == typeof(IPointwise<>).Name);
}
