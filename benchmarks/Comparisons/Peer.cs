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

    /// <summary>Runs an item of benchmarks/peers/peers.py.</summary>
    public static Peer Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine("benchmarks", "peers", "peers.py"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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
