using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Html;

/// <summary>The result of a job.</summary>
/// <param name="Kind">What kind of job it was.</param>
/// <param name="Folder">Where it was found, and the files that it names.</param>
/// <param name="Record">What it says.</param>
public sealed record RunDocument(RunKind Kind, string Folder, IRunRecord Record)
{
    /// <summary>The Hessians that it is about, by their hashes; none for documents of earlier versions and for runs without one.</summary>
    public ImmutableHashSet<string> Hessians { get; } = [.. Record.Hessians()];

    /// <summary>The files that the job wrote; null if it does not say, as those of earlier versions.</summary>
    public Manifest? Files { get; } = Manifest.Of(Record.Files);
}

/// <summary>The documents that jobs of all kinds have left in one folder, as far as they are about the same Hessian.</summary>
/// <param name="All">Those that are shown, in the order in which they are shown.</param>
/// <param name="LeftOut">What else there is, and why it is not shown.</param>
public sealed record RunDocuments(ImmutableArray<RunDocument> All, ImmutableArray<string> LeftOut)
{
    /// <summary>Reads them.</summary>
    /// <param name="folder">What the folder is called in errors.</param>
    /// <param name="places">Where documents are looked for; what the first has hides what the later ones have.</param>
    /// <exception cref="DataException">There is no finished run, or all that is there is damaged.</exception>
    public static RunDocuments Read(string folder, IReadOnlyList<string> places)
    {
        var documents = ImmutableArray.CreateBuilder<RunDocument>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        DataException? damage = null;
        foreach (RunKind kind in RunKind.OnPages)
        {
            try
            {
                if (places.FirstOrDefault(place => FinishedRun.IsIn(place, kind)) is not { } place)
                    continue;
                var document = new RunDocument(kind, place, FinishedRun.Read(place, kind, "a finished run"));
                if (documents.Count > 0 && Stranger(document, documents) is { } reason)
                    leftOut.Add(reason);
                else
                    documents.Add(document);
            }
            catch (DataException e)
            {
                damage ??= e;
                leftOut.Add(e.Message.TrimEnd('.'));
            }
        }

        if (documents.Count > 0)
            return new(documents.ToImmutable(), leftOut.ToImmutable());
        if (damage is null && PartFolder.Is(folder))
            throw PartFolder.InsteadOfRun(folder);
        IEnumerable<string> results = RunKind.OnPages.Select(kind => kind.ResultName);
        throw damage ?? new DataException($"{folder} holds no finished run: none of {string.Join(", ", results)} is there; give the folder of a run.");
    }

    // The first document says which Hessians the page is about, and what shares one with it what else they are called.
    private static string? Stranger(RunDocument document, ImmutableArray<RunDocument>.Builder shown)
    {
        RunDocument first = shown[0];
        if (document.Hessians.SetEquals(first.Hessians) || shown.Any(other => document.Hessians.Overlaps(other.Hessians)))
            return null;
        return document.Hessians.IsEmpty
            ? $"{document.Kind.ResultName}: it does not say which Hessian it is of; run its job again"
            : $"{document.Kind.ResultName}: it is of another Hessian than {first.Kind.ResultName}; run its job again for this one";
    }
}
