using System.Diagnostics;

namespace BasinVolume.Mnist.Tests;

/// <summary>The program in a process of its own, as a person would start it.</summary>
internal static class ProgramProcess
{
    /// <summary>Starts it; the caller reads what it writes and waits for its end.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "BasinVolume.Mnist.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Error) Run(params IEnumerable<string> arguments)
    {
        (int exitCode, _, string error) = RunForOutput(arguments);
        return (exitCode, error);
    }

    /// <summary>Runs it to its end, and gives what it wrote to the standard output as well.</summary>
    public static (int ExitCode, string Output, string Error) RunForOutput(params IEnumerable<string> arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error);
    }
}
