using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;

namespace BasinVolume.Mnist.Jobs.MergeJob;

/// <summary>All parts of one result.</summary>
/// <param name="All">The parts, from the first to the last.</param>
public sealed record PartSet(ImmutableArray<FoundPart> All)
{
    private const int MostNamed = 10;

    /// <summary>The first of them, which says what all agree in.</summary>
    public FoundPart First => All[0];

    /// <summary>Reads what parts say of themselves, and checks that they are all parts of one result.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <param name="decided">The constants that parts need not agree in, as they are given anew.</param>
    /// <exception cref="DataException">A folder holds no part, or they are not parts of one result, or one is there twice or missing.</exception>
    public static PartSet Read(IEnumerable<string> folders, params string[] decided)
    {
        ArgumentNullException.ThrowIfNull(folders);
        FoundPart[] found = [.. folders.Select(FoundPart.In)];
        foreach (FoundPart other in found[1..])
            CheckSame(found[0], other, decided);
        FoundPart[] sorted = [.. found.OrderBy(part => part.Record.Part)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Record.Part == sorted[i].Record.Part)
                throw new DataException(
                    $"{sorted[i - 1].Folder} and {sorted[i].Folder} are both part {sorted[i].Record.Part} of {sorted[i].Record.Parts}; give each part once.");
        }

        CheckMissing(sorted);
        return new([.. sorted]);
    }

    /// <summary>
    /// Checks that the parts are of what a job goes on with. Device, chunk and arithmetic are those of the parts, wherever the rest is computed.
    /// </summary>
    /// <param name="here">What the job has.</param>
    /// <param name="options">How to give it what the parts had: "with --weights and --data".</param>
    /// <exception cref="DataException">It has something else.</exception>
    public void CheckAgainst(Fingerprint here, string options)
    {
        ArgumentNullException.ThrowIfNull(here);
        string[] free = [JobFingerprint.Device, JobFingerprint.Memory, .. Arithmetic.Entries().Select(entry => entry.Key)];
        if (First.Fingerprint.Without(free).Difference("the parts", here.Without(free), "what merge found") is { } difference)
            throw new DataException($"The parts are of something else: {difference}; give merge what they were computed from, {options}.");
    }

    private static void CheckSame(FoundPart first, FoundPart other, string[] decided)
    {
        if (first.Record.Command != other.Record.Command)
            throw new DataException(
                $"{first.Folder} is a part of what '{Printable.Name(first.Record.Command)}' computes and {other.Folder} of what "
                + $"'{Printable.Name(other.Record.Command)}' does; give parts of one result.");
        string? difference = first.Fingerprint.Difference(first.Folder, other.Fingerprint, other.Folder);
        if (difference is not null)
            throw new DataException($"The parts are of different results: {difference}; compute one of them again as the others were.");
        if (first.Record.Parts != other.Record.Parts)
            throw new DataException(
                $"{first.Folder} is part {first.Record.Part} of {first.Record.Parts}, and {other.Folder} part {other.Record.Part} of {other.Record.Parts}; "
                + "give parts of one cut.");
        if (first.Constants.Without(decided).Difference(first.Folder, other.Constants.Without(decided), other.Folder) is { } constant)
            throw new DataException($"The parts do not agree in what follows them: {constant}; say which it is with that option of merge.");
    }

    private static void CheckMissing(FoundPart[] sorted)
    {
        int parts = sorted[0].Record.Parts;
        if (sorted.Length == parts)
            return;
        HashSet<int> there = [.. sorted.Select(part => part.Record.Part)];
        string[] missing = [.. Enumerable.Range(1, parts).Where(part => !there.Contains(part)).Take(MostNamed + 1).Select(
            part => part.ToString(CultureInfo.InvariantCulture))];
        string named = missing.Length > MostNamed ? $"{string.Join(", ", missing[..MostNamed])} and others" : string.Join(", ", missing);
        int count = parts - sorted.Length;
        throw new DataException(
            $"{count} of {parts} parts {(count == 1 ? "is" : "are")} missing: part {named}; compute {(count == 1 ? "it" : "them")} as {sorted[0].Folder} was "
            + $"computed, with --shard {missing[0]}/{parts}, and give all folders.");
    }
}
