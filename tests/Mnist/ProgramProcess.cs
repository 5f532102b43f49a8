using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace BasinVolume.Mnist.Tests;

/// <summary>The program in a process of its own, as a person would start it; what needs none is asked of <see cref="ProgramCall"/>.</summary>
internal static class ProgramProcess
{
    // Far more than any of these programs takes; one that hangs is ended, and its test fails by what it did not say.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static ulong BornIgnoring { get; set; }

    /// <summary>The program where its own build left it: compiled to machine code if that was done, as people start it, and else as it is.</summary>
    public static string Program { get; } = File.Exists(Built("precompiled")) ? Built("precompiled") : Built(".");

    /// <summary>Starts it; the caller reads what it writes and waits for its end, which comes after five minutes at the latest.</summary>
    public static Process Start(params IEnumerable<string> arguments) => Start(_ => { }, arguments);

    /// <summary>The same with a variable in its environment.</summary>
    public static Process StartWith(string variable, string value, IEnumerable<string> arguments)
        => Start(start => start.Environment[variable] = value, arguments);

    private static Process Start(Action<ProcessStartInfo> prepare, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        prepare(start);
        Process process = Process.Start(start)!;
        _ = KillLate(process);
        return process;
    }

    // The folder of any tests ends like the program's: bin, configuration, framework.
    private static string Built(string folder)
    {
        string tests = Path.GetRelativePath(Path.Combine(TestFiles.RepositoryRoot(), "tests"), AppContext.BaseDirectory);
        return Path.Combine(
            TestFiles.RepositoryRoot(), "src", "Mnist", tests[(tests.IndexOf(Path.DirectorySeparatorChar, StringComparison.Ordinal) + 1)..], folder,
            "BasinVolume.Mnist.dll");
    }

    /// <summary>
    /// Sends it SIGHUP, SIGINT or SIGTERM. Skips the test where nobody would hear it: a program that was started with a signal ignored, as shells start
    /// background jobs with SIGINT, leaves it ignored.
    /// </summary>
    public static void Signal(Process process, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        bool ignored = ((BornIgnoring >> (name switch { "HUP" => 1, "INT" => 2, _ => 15 } - 1)) & 1) != 0;
        if (ignored)
            process.Kill();
        Assert.SkipWhen(ignored, $"The tests were started with SIG{name} ignored (as a background job is), and programs inherit that.");
        Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Error) Run(params IEnumerable<string> arguments)
    {
        using Process process = Start(arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    /// <summary>Waits until the log of a run that goes on says something: it has every stage, however quick.</summary>
    /// <param name="process">The program; its streams are not read.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="part">A part of a line.</param>
    public static void AwaitLog(Process process, string folder, string part)
    {
        string unfinished = Path.Combine(folder, ".unfinished");
        while (!LogsIn(unfinished).Contains(part, StringComparison.Ordinal))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The program ended by itself: {process.StandardError.ReadToEnd()}");
            Thread.Sleep(TimeSpan.FromMilliseconds(10));
        }
    }

    private static string LogsIn(string folder)
    {
        try
        {
            return string.Concat(Directory.EnumerateFiles(folder, "*.log").Select(Read));
        }
        catch (IOException)
        {
            // Not there yet, or taking its place.
            return string.Empty;
        }
    }

    private static string Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static async Task KillLate(Process process)
    {
        await Task.Delay(Limit);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // The test is done with it.
        }
    }

    // Linux tells by a mask whose lowest bit is signal 1; elsewhere nobody says. A child without a runtime is asked, for .NET catches what it ignores,
    // and before any test, for while one listens to a signal itself, children are born with the usual answer to it.
    [ModuleInitializer]
    internal static void AskWhatIsIgnored()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process child = Process.Start(new ProcessStartInfo("cat", "/proc/self/status") { RedirectStandardOutput = true })!;
        const string Key = "SigIgn:";
        string mask = child.StandardOutput.ReadToEnd().Split('\n').First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..];
        BornIgnoring = ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
