using System.Diagnostics;
using System.Globalization;
using BasinVolume.Autodiff;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>
/// Time and peak memory of a whole Hessian against the number of samples, of parameters, and of threads.
/// Each case is a process of its own, so that its peak memory is its own.
/// </summary>
internal static class Scaling
{
    private const string OneCase = "scaling-case";

    public static void Run()
    {
        int threads = Environment.ProcessorCount;
        var table = new Table("parameters", "samples", "threads", "seconds", "peak MiB");
        foreach (int samples in (int[])[1500, 6000, 15000, 60000])
            Add(table, "notebook", samples, threads);
        Add(table, "softmax", 1500, threads);
        Add(table, "mlp", 1500, threads);
        for (int t = 1; t <= threads; t *= 2)
            Add(table, "notebook", 1500, t);
        table.Write();
    }

    /// <summary>One case, if that is what the arguments ask for.</summary>
    public static bool RunCase(string[] arguments)
    {
        if (arguments is not [OneCase, string model, string samples, string threads])
            return false;
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
        using var work = new NotebookCase<double>(
            new HostDevice(int.Parse(threads, CultureInfo.InvariantCulture)), data, model, int.Parse(samples, CultureInfo.InvariantCulture));
        double seconds = Stopwatches.Median(3, () => Hessian.Compute(work.Plan, work.Samples));
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"{work.Plan.Network.ParameterCount} {seconds:f3} {self.PeakWorkingSet64 >> 20}"));
        return true;
    }

    private static void Add(Table table, string model, int samples, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly(), OneCase, model, $"{samples}", $"{threads}"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadToEnd().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        table.Add(
            words.Length == 3 ? [model, words[0], $"{samples}", $"{threads}", words[1], words[2]] : [model, "–", $"{samples}", $"{threads}", "failed", "–"]);
    }

    // Started as "dotnet assembly.dll", the process has to be told the assembly again.
    private static string[] OwnAssembly()
        => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Scaling).Assembly.Location] : [];
}
