using System.Reflection;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Commands;

/// <summary>What is said of an error that ended a command.</summary>
internal static class Ending
{
    /// <summary>The error without what was put around it on its way: by a task, by what makes a class ready, by what calls a method by its name.</summary>
    public static Exception Cause(Exception error) => error switch
    {
        ExplainedException => error,
        AggregateException or TypeInitializationException or TargetInvocationException when error.InnerException is { } inner => Cause(inner),
        _ => error,
    };

    /// <summary>One sentence that a person can act on; null for a fault of the program.</summary>
    public static string? Explanation(Exception error) => Cause(error) switch
    {
        ExplainedException explained => explained.Message,
        OperationCanceledException cancelled => cancelled.Message,
        OutOfMemoryException =>
            $"The memory does not suffice: of the {ByteSize.Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} that it may have the program got no more, "
            + "or no further thread (ulimit -u); take fewer samples, a smaller model, less --memory or fewer --threads, or run it where there is more.",
        _ => null,
    };
}
