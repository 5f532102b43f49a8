using System.Diagnostics;
using System.Globalization;
using BasinVolume.Autodiff;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Benchmarks.Field;

/// <summary>
/// Time and peak memory of a whole Hessian in float64 against the number of samples, of parameters, and of threads; and of gradients and products in float32
/// against the number of parameters. Each case is a process of its own, so that its peak memory is its own.
/// </summary>
internal static class Scaling
{
    private const string OneCase = "scaling-case";
    private const string OnePass = "scaling-pass";
    private const int Repeats = 3;

    private static readonly (string Name, Func<FieldCase<float>, Action> Of)[] _passes =
    [
        ("gradient", work => work.Gradient),
        ("one product", work => work.Product),
        ($"{FieldCase<float>.ManyDirections} products", work => work.Products),
    ];

    public static void Run()
    {
        Hessians();
        Passes();
    }

    /// <summary>One case, if that is what the arguments ask for.</summary>
    public static bool RunCase(string[] arguments)
    {
        switch (arguments)
        {
            case [OneCase, string model, string samples, string threads]:
                DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
                using (var work = new NotebookCase<double>(new HostDevice(Whole(threads)), data, model, Whole(samples)))
                    Say(work.Plan.Network.ParameterCount, () => Hessian.Compute(work.Plan, work.Samples));
                return true;
            case [OnePass, string network, string pass]:
                FieldNetwork field = FieldNetworks.Open(network);
                using (var work = new FieldCase<float>(field, field.Samples))
                    Say(field.Network.ParameterCount, _passes.Single(each => each.Name == pass).Of(work));
                return true;
            default:
                return false;
        }
    }

    private static void Hessians()
    {
        int threads = Environment.ProcessorCount;
        var table = new Table("parameters", "samples", "threads", "seconds", "peak MiB");
        foreach (int samples in (int[])[1500, 6000, 15000, 60000])
            AddHessian(table, "notebook", samples, threads);
        AddHessian(table, "softmax", 1500, threads);
        AddHessian(table, "mlp", 1500, threads);
        for (int t = 1; t <= threads; t *= 2)
            AddHessian(table, "notebook", 1500, t);
        table.Write();
    }

    private static void AddHessian(Table table, string model, int samples, int threads)
    {
        string[] words = OwnProcess(OneCase, model, $"{samples}", $"{threads}");
        table.Add($"Hessian of {model}", words[0], $"{samples}", $"{threads}", words[1], words[2]);
    }

    private static void Passes()
    {
        var table = new Table(["parameters", "samples", .. _passes.SelectMany(pass => (string[])[$"{pass.Name}, seconds", "peak MiB"])]);
        foreach (FieldNetwork network in FieldNetworks.All)
        {
            string[][] found = [.. _passes.Select(pass => OwnProcess(OnePass, network.Name, pass.Name))];
            table.Add([network.Name, found[0][0], $"{network.Samples}", .. found.SelectMany(words => words[1..])]);
        }

        table.Write();
    }

    // Parameters, seconds and the peak of this process in MiB.
    private static void Say(int parameters, Action action)
    {
        double seconds = Stopwatches.Median(Repeats, action);
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"{parameters} {seconds:g4} {self.PeakWorkingSet64 >> 20}"));
    }

    private static string[] OwnProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly(), .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadToEnd().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return words.Length == 3 ? words : ["–", "failed", "–"];
    }

    // Started as "dotnet assembly.dll", the process has to be told the assembly again.
    private static string[] OwnAssembly()
        => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Scaling).Assembly.Location] : [];

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
