using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace BasinVolume.Mnist;

/// <summary>
/// How many files the system lets the program have open. The runtime holds two for each assembly that it loads, so a program with too few ends wherever it
/// happens to be; this is found out before, by what the runtime's core alone can do.
/// </summary>
internal static class OpenFiles
{
    // The main job has 118 open; half as many more are for the libraries of devices.
    private const int Needed = 192;

    private const string Limits = "/proc/self/limits";

    /// <summary>One sentence if there may be too few; else null.</summary>
    public static string? Shortage()
    {
        try
        {
            foreach (string line in File.Exists(Limits) ? File.ReadAllLines(Limits) : [])
            {
                if (SoftLimit(line) is { } most && most < Needed)
                    return $"Only {most} files may be open at once here, {Advice}";
            }
        }
        catch (IOException)
        {
            // Not even this file can be opened.
            return $"Hardly any files may be open here, {Advice}";
        }

        return null;
    }

    private static string Advice
        => $"and this program with its libraries needs {Needed}; allow them with 'ulimit -n {Needed}', and run it again.";

    // Null for a line about something else, and where there is no limit.
    private static int? SoftLimit(string line)
        => line.StartsWith("Max open files", StringComparison.Ordinal)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, string soft, ..]
            && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            ? most
            : null;

    /// <summary>Says it on the standard error stream without a library.</summary>
    public static void Say(string sentence)
    {
        try
        {
            using var error = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            error.Write(System.Text.Encoding.UTF8.GetBytes(sentence + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The exit code says it.
        }
    }
}
