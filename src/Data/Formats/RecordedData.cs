using BasinVolume.Data.Subsets;

namespace BasinVolume.Data.Formats;

/// <summary>What a finished run says of the data that it read.</summary>
/// <param name="Run">The run's folder, for messages.</param>
/// <param name="IndicesSha256">Which training samples it used (<see cref="SubsetHash"/>); null where the run does not say.</param>
/// <param name="Sha256">What each file can be recognised by, as <see cref="DataSource.Read"/> gives it; empty where the run does not say.</param>
public sealed record RecordedData(string Run, string? IndicesSha256, IReadOnlyDictionary<string, string> Sha256)
{
    /// <summary>What is other than it was, in one sentence; null where all that was read again is as it was.</summary>
    /// <param name="path">Where it was read.</param>
    /// <param name="found">What each file that was read can be recognised by.</param>
    /// <param name="leftOut">A file whose hash is of the samples that were read, where these are others; null for none.</param>
    internal string? FaultOf(string path, IReadOnlyDictionary<string, string> found, string? leftOut)
    {
        foreach ((string file, string hash) in found)
        {
            if (file != leftOut && Sha256.TryGetValue(file, out string? recorded) && recorded != hash)
                return $"{path} is not what the run in {Run} read: the SHA-256 of {file} is {hash}, expected {recorded}; "
                    + "put the run's data back, or give data with --data.";
        }

        return Sha256.Count == 0 || found.Keys.Any(Sha256.ContainsKey)
            ? null
            : $"{path} is not what the run in {Run} read: it has {string.Join(", ", found.Keys)}, expected {string.Join(", ", Sha256.Keys)}; "
                + "put the run's data back, or give data with --data.";
    }

    /// <summary>Whether the run used these training samples.</summary>
    internal bool IsOf(int[]? indices) => indices is not null && SubsetHash.Of(indices) == IndicesSha256;

    /// <summary>That nothing is there any more.</summary>
    internal string Missing(string path) => $"The data of the run in {Run} is gone: there is no {path}; put it back, or give data with --data.";
}
