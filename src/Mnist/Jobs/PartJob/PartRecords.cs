using System.Collections.Immutable;
using BasinVolume.Mnist.Companions;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>What <c>part.json</c> says, from what the job found, and back.</summary>
public static class PartRecords
{
    /// <summary>The record.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="command">The command whose result it is a part of.</param>
    /// <param name="commandLine">How it was asked for.</param>
    /// <param name="words">The options that the job is repeated with.</param>
    public static PartRecord Of(PartResult result, string command, string? commandLine, ImmutableArray<string> words)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new()
        {
            Command = command,
            CommandLine = commandLine,
            Part = result.Shard.Part,
            Parts = result.Shard.Parts,
            Model = result.Model,
            Share = result.Share,
            // Parts of one sum are computed by machines that round alike.
            Fingerprint = Of(new Fingerprint([.. result.Fingerprint.Entries, .. Arithmetic.Entries()])),
            Constants = Of(result.Constants),
            Words = words,
            Seconds = result.Seconds,
            Device = DeviceRecord.Of(result.Device),
            Versions = ResultRecords.Versions,
        };
    }

    /// <summary>A fingerprint as it was before it was written.</summary>
    public static Fingerprint Of(ImmutableArray<NamedTextRecord> entries) => new([.. entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))]);

    private static ImmutableArray<NamedTextRecord> Of(Fingerprint fingerprint)
        => [.. fingerprint.Entries.Select(entry => new NamedTextRecord { Name = entry.Key, Value = entry.Value })];
}
