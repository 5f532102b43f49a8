using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.PartJob;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.MergeJob;

/// <summary>A part in its folder.</summary>
/// <param name="Folder">The folder, as it was given.</param>
/// <param name="Record">What the part says of itself.</param>
public sealed record FoundPart(string Folder, PartRecord Record)
{
    private const string Expected = "a part that 'hessian --shard' or 'volume --shard' left";

    /// <summary>What its numbers depend on.</summary>
    public Fingerprint Fingerprint { get; } = PartRecords.Of(Record.Fingerprint);

    /// <summary>What the job goes on with.</summary>
    public Fingerprint Constants { get; } = PartRecords.Of(Record.Constants);

    /// <summary>Finds a part; its numbers are not read yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataException">There is none, or it was not finished, or it is not as it was written.</exception>
    public static FoundPart In(string folder)
    {
        if (!PartFolder.Is(folder))
            throw new DataException(WhyNot(folder));
        var part = new FoundPart(folder, (PartRecord)FinishedRun.Read(folder, RunKind.Part, Expected));
        part.Check();
        return part;
    }

    /// <summary>Reads numbers of the part.</summary>
    /// <param name="name">What they are called.</param>
    /// <exception cref="DataException">They are not there.</exception>
    public double[] Read(string name) => Npy.Read(PathOf(name), copies: 1).AsDoubles();

    /// <summary>Reads rows of numbers.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <exception cref="DataException">They are not there, or a row has others.</exception>
    public double[][] ReadRows(string name, int columns)
    {
        NpyArray array = Npy.Read(PathOf(name), copies: 1);
        return array.Shape is [_, var found] && found == columns
            ? [.. array.AsDoubles().Chunk(columns)]
            : throw new DataException(
                $"{PathOf(name)} has the shape [{string.Join(", ", array.Shape)}], where rows of {columns} numbers are expected; {Again}.");
    }

    /// <summary>What to do where the part is damaged.</summary>
    public string Again => $"compute part {Record.Part} of {Record.Parts} again"
        + (Record.CommandLine is { } line ? $" with '{line} --out {Folder} --force'" : string.Empty);

    private string PathOf(string name) => NamedFile.In(Folder, $"{name}.npy");

    private static string WhyNot(string folder)
    {
        if (!Directory.Exists(folder))
            return $"There is no folder {folder}; give the folders of the parts that 'hessian --shard' or 'volume --shard' left.";
        if (PartFolder.HoldsUnfinished(folder))
            return $"{folder} holds a part that was not finished: it was killed, failed or was interrupted, or is still being computed; "
                + $"compute it again, or wait.";
        return $"{folder} holds no part, as {RunKind.Part.ResultName} is not there; give the folder of {Expected}.";
    }

    private void Check()
    {
        if (Record.Command is not ("hessian" or "volume"))
            throw new DataException($"{Folder} is a part of what '{Printable.Name(Record.Command)}' computes, expected hessian or volume; compute it again.");
        if (Record.Parts < 1 || Record.Part < 1 || Record.Part > Record.Parts || Record.Share is not { All: >= 1, First: >= 0, Count: >= 0 })
            throw new DataException(
                $"{Folder} says of itself that it is part {Record.Part} of {Record.Parts}, with {Record.Share.Count} of {Record.Share.All} "
                + $"{Printable.Name(Record.Share.Of)} from {Record.Share.First} on, which cannot be; compute it again.");
        if (Manifest.Of(Record.Files) is not { } manifest)
            throw new DataException($"{Folder} does not say which files belong to it; {Again}.");
        if (manifest.Files.FirstOrDefault(file => !Manifest.IsUnchanged(Folder, file)) is { } changed)
            throw new DataException($"{Path.Combine(Folder, changed.Name)} is missing, or not as it was written; {Again}.");
    }
}
