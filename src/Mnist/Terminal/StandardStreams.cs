using Microsoft.Win32.SafeHandles;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// The standard streams of a program whose results are on disk: where they cannot be written, that is found out once and then left alone.
/// A stream that was closed when the program was started is nobody's: its number may since have become that of a pipe of the runtime, or of the next file that
/// is opened, which nothing that is said may reach.
/// </summary>
public static class StandardStreams
{
    private static readonly ForgivingWriter[] Writers = [new(1, Console.Out), new(2, Console.Error)];

    // What stands in for closed streams for as long as the program runs.
    private static readonly List<SafeFileHandle> Places = [];

    /// <summary>Whether something could not be said.</summary>
    public static bool Failed => Writers.Any(writer => writer.Failed);

    /// <summary>Makes the console's writers forgiving, and sees to it that no file gets the number of a closed stream.</summary>
    public static void Secure()
    {
        Console.SetOut(Writers[0]);
        Console.SetError(Writers[1]);
        if (OperatingSystem.IsWindows())
            return;
        while (File.OpenHandle("/dev/null") is var place && place.DangerousGetHandle() <= 2)
            Places.Add(place);
    }
}
