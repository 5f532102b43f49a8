namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>The kernels and the pointwise functions that there are, read from the project, so that a test that goes through them meets every new one.</summary>
internal static class Vocabulary
{
    /// <summary>The methods of <see cref="IKernels{T}"/>.</summary>
    public static string[] Kernels { get; } = [.. typeof(IKernels<>).GetMethods().Select(method => method.Name).Distinct()];

    /// <summary>The implementations of <see cref="IPointwise"/>.</summary>
    public static Type[] Functions { get; } =
        [.. typeof(IPointwise).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IPointwise)))];
}
