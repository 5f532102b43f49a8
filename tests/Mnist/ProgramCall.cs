namespace BasinVolume.Mnist.Tests;

/// <summary>
/// The program in the process of the tests: what a command does, says and leaves, without the seconds in which every process compiles anew what draws and
/// writes. What only a process of its own shows, such as signals, streams, limits and a sudden end, is asked of <c>ProgramProcess</c>.
/// </summary>
internal static class ProgramCall
{
    // A process has one run, and what draws its pictures and signals its end need not stand two.
    private static readonly Lock OneAtATime = new();

    /// <summary>Runs a command to its end.</summary>
    public static (int ExitCode, string Error) Run(params IEnumerable<string> arguments)
    {
        (int exitCode, _, string error) = RunForOutput(arguments);
        return (exitCode, error);
    }

    /// <summary>Runs it to its end, and gives what it wrote to the standard output as well.</summary>
    public static (int ExitCode, string Output, string Error) RunForOutput(params IEnumerable<string> arguments)
    {
        using StringWriter output = new(), error = new();
        lock (OneAtATime)
        {
            // Pictures are drawn, and progress is told, on threads of their own.
            Task<int> run = Program.Run([.. arguments], TextWriter.Synchronized(output), TextWriter.Synchronized(error));
            return (run.GetAwaiter().GetResult(), output.ToString(), error.ToString());
        }
    }
}
