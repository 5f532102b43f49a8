using System.Diagnostics;
using System.Globalization;

namespace BasinVolume.Mnist.Tests.Companions;

/// <summary>A launcher of MPI, and the program as ranks that it starts.</summary>
/// <param name="Engine">"mpich" or "openmpi", as Debian tells its launchers apart.</param>
internal sealed record Launcher(string Engine)
{
    // Far more than any of these runs takes; one that hangs is ended, and its test fails by what it did not say.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Open MPI refuses root and more ranks than processors unless it is told, waits for messages at full speed, and binds each rank to one processor.
    private static readonly string[] OfOpenMpi =
        ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1"];

    private string Name => $"mpiexec.{Engine}";

    // By what a rank is recognised among the processes of the system.
    private string RankVariable => Engine == "openmpi" ? "OMPI_COMM_WORLD_RANK" : "PMI_RANK";

    /// <summary>Skips the test where the launcher is not installed.</summary>
    public void Demand()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, Name))), $"{Name} is not installed here.");
    }

    /// <summary>Starts so many ranks of one command.</summary>
    public Process Start(int ranks, params string[] arguments) => Start([(ranks, null, arguments)]);

    /// <summary>Runs so many ranks of one command to their end.</summary>
    public (int ExitCode, string Error) Run(int ranks, params string[] arguments) => Ended(Start(ranks, arguments));

    /// <summary>Runs a rank in each of several folders.</summary>
    public (int ExitCode, string Error) RunIn(string[] folders, params string[] arguments)
        => Ended(Start([.. folders.Select(folder => (1, (string?)folder, arguments))]));

    /// <summary>Runs a rank with each of several commands.</summary>
    public (int ExitCode, string Error) RunEach(params string[][] commands)
        => Ended(Start([.. commands.Select(arguments => (1, (string?)null, arguments))]));

    /// <summary>How it ended, and what it wrote.</summary>
    public static (int ExitCode, string Error) Ended(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (process.ExitCode, error.GetAwaiter().GetResult() + output.GetAwaiter().GetResult());
        }
    }

    /// <summary>The process of a rank that has a word on its command line; waits until it is there.</summary>
    public int ProcessOf(int rank, string word)
    {
        string variable = FormattableString.Invariant($"{RankVariable}={rank}");
        for (Stopwatch clock = Stopwatch.StartNew(); clock.Elapsed < Limit; Thread.Sleep(50))
        {
            foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                if (Words(folder, "environ").Contains(variable) && Words(folder, "cmdline").Contains(word))
                    return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            }
        }

        throw new TimeoutException($"Rank {rank} was never there.");
    }

    private Process Start(IEnumerable<(int Ranks, string? Folder, string[] Arguments)> parts)
    {
        var start = new ProcessStartInfo(Name) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Engine == "openmpi")
            Add(OfOpenMpi);
        bool first = true;
        foreach ((int ranks, string? folder, string[] arguments) in parts)
        {
            if (!first)
                Add(":");
            first = false;
            Add("-n", ranks.ToString(CultureInfo.InvariantCulture));
            if (folder is not null)
                Add("-wdir", folder);
            Add(["dotnet", ProgramProcess.Program, .. arguments, "--mpi"]);
        }

        return Process.Start(start)!;

        void Add(params string[] words)
        {
            foreach (string word in words)
                start.ArgumentList.Add(word);
        }
    }

    // Of a process that is gone, or somebody else's, nothing.
    private static string[] Words(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
