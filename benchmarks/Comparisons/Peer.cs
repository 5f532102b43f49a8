using System.Diagnostics;
using System.Text.Json;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>What another tool needed.</summary>
/// <param name="Seconds">Its median; null when it could not be run.</param>
/// <param name="What">Which tool, or why it could not be run.</param>
internal sealed record Peer(double? Seconds, string What)
{
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
            return new(document.RootElement.GetProperty("seconds").GetDouble(), document.RootElement.GetProperty("what").GetString()!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new(null, e.Message);
        }
    }
}
