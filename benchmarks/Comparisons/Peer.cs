using System.Diagnostics;
using System.Text.Json;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>What another tool needed.</summary>
/// <param name="Seconds">Its median; null when it could not be run.</param>
/// <param name="What">Which tool, or why it could not be run.</param>
internal sealed record Peer(double? Seconds, string What)
{
    /// <summary>What it found besides, as numbers with a name each; empty when it could not be run.</summary>
    public IReadOnlyDictionary<string, double[]> Found { get; private init; } = new Dictionary<string, double[]>();

    /// <summary>The one number of a name.</summary>
    public double this[string name] => Found[name].Single();

    // glibc gives large arrays back to the system, and their pages are new the next time: on a virtual machine that takes eight times as long as to compute
    // a gradient of LeNet-5, and for other networks some time or none, as the heap happens to lie. What is compared is how long computing takes, so memory
    // is kept.
    private static readonly (string Name, string Value)[] _keepMemory = [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "1000000000000")];

    /// <summary>Runs an item of benchmarks/peers/peers.py; what the environment says of glibc's memory holds there too.</summary>
    public static Peer Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine("benchmarks", "peers", "peers.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in _keepMemory)
            start.Environment.TryAdd(name, value);
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                return new(null, error.Result.Trim().Split('\n')[^1]);
            using JsonDocument document = JsonDocument.Parse(output);
            JsonElement root = document.RootElement;
            return new(root.GetProperty("seconds").GetDouble(), root.GetProperty("what").GetString()!)
            {
                Found = root.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.String)
                    .ToDictionary(member => member.Name, member => Numbers(member.Value)),
            };
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new(null, e.Message);
        }
    }

    private static double[] Numbers(JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(element => element.GetDouble())] : [value.GetDouble()];
}
