using System.ComponentModel;
using System.Diagnostics;

namespace BasinVolume.Tests;

/// <summary>NumPy's and PyTorch's own word on a file, where there are such packages.</summary>
internal static class PythonProcess
{
    // Debian's python3-numpy and python3-torch belong to this one, whatever else is called python3.
    private const string Debians = "/usr/bin/python3";

    private static string Interpreter => File.Exists(Debians) ? Debians : "python3";

    /// <summary>Runs a script that needs a package and gives what it printed; the test is skipped, with the reason, where the package is missing.</summary>
    public static string Run(string package, string script, params IEnumerable<string> arguments)
    {
        (int exitCode, string output, string error) = Start(["-c", script, .. arguments]);
        // Whether the package is there is asked of a script that failed only: to import PyTorch takes seconds.
        Assert.SkipWhen(
            exitCode != 0 && Start("-c", $"import {package}").ExitCode != 0,
            $"{Interpreter} has no {package}, so what it says of the file is not checked here.");
        Assert.True(exitCode == 0, error);
        return output.TrimEnd();
    }

    private static (int ExitCode, string Output, string Error) Start(params IEnumerable<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            return (-1, string.Empty, e.Message);
        }
    }
}
