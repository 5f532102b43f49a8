namespace BasinVolume.Mnist.Limits;

/// <summary>
/// How many files the system lets the program have open. The runtime holds two for each assembly that it loads, so a program with too few ends wherever it
/// happens to be.
/// </summary>
internal static class OpenFiles
{
    // The main job has 118 open; half as many more are for the libraries of devices.
    private const int Needed = 192;

    private static string Advice
        => $"and this program with its libraries needs {Needed}; allow them with 'ulimit -n {Needed}', and run it again.";

    /// <summary>What is said where hardly any can be opened.</summary>
    public static string None => $"Hardly any files may be open here, {Advice}";

    /// <summary>One sentence if there may be too few; else null.</summary>
    public static string? Shortage(SystemLimits limits) => limits.OpenFiles is { } most && most < Needed
        ? $"Only {most} files may be open at once here, {Advice}"
        : null;
}
