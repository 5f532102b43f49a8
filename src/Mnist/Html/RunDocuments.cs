using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Html;

/// <summary>The result of a job.</summary>
/// <param name="Kind">What kind of job it was.</param>
/// <param name="Folder">Where it was found, and the files that it names.</param>
/// <param name="Root">Its content.</param>
internal sealed record RunDocument(RunKind Kind, string Folder, JsonElement Root)
{
    /// <summary>The Hessians that it is about, by their hashes; none for documents of earlier versions and for runs without one.</summary>
    public ImmutableHashSet<string> Hessians { get; } =
    [
        .. Root.Each("models").Select(model => model.At("hessian", "sha256")).Append(Root.At("matrix", "sha256")).Append(Root.At("hessian", "sha256")).Append(Root.At("hessian_sha256"))
            .OfType<JsonElement>().Select(hash => Json.Text(hash)),
    ];

    /// <summary>The files that the job wrote; null if it does not say, as those of earlier versions.</summary>
    public Manifest? Files { get; } = Manifest.Of(Root);

    /// <summary>What it says, section by section; the self-check of derivatives comes later on the page.</summary>
    public ImmutableArray<Html> Sections { get; } = [.. SectionsOf(Kind, Root)];

    /// <summary>What the self-check found, if there was one.</summary>
    public Html SelfCheck { get; } = ModelSection.Verification(Root);

    private static IEnumerable<Html> SectionsOf(RunKind kind, JsonElement root)
    {
        if (kind == RunKind.Models)
            return [OtherSections.Audit(root), ModelSection.Numbers(root)];
        if (kind == RunKind.Spectrum)
            return [OtherSections.Spectrum(root)];
        return [kind == RunKind.Volume ? OtherSections.Volume(root) : OtherSections.Landscape(root)];
    }
}

/// <summary>The documents that jobs of all kinds have left in one folder, as far as they are about the same Hessian.</summary>
/// <param name="All">Those that are shown, in the order in which they are shown.</param>
/// <param name="LeftOut">What else there is, and why it is not shown.</param>
internal sealed record RunDocuments(ImmutableArray<RunDocument> All, ImmutableArray<string> LeftOut)
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
        foreach (RunKind kind in RunKind.All)
        {
            try
            {
                if (places.FirstOrDefault(place => Path.Exists(Path.Combine(place, kind.ResultName))) is not { } place)
                    continue;
                RunDocument document = Read(place, kind);
                if (documents.Count > 0 && Stranger(document, documents[0]) is { } reason)
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

        return documents.Count > 0
            ? new(documents.ToImmutable(), leftOut.ToImmutable())
            : throw damage ?? new DataException($"{folder} holds no finished run: none of {string.Join(", ", RunKind.All.Select(kind => kind.ResultName))} is there; give the folder of a run.");
    }

    // The first document says which Hessians the page is about.
    private static string? Stranger(RunDocument document, RunDocument first)
    {
        if (document.Hessians.SetEquals(first.Hessians) || document.Hessians.Overlaps(first.Hessians))
            return null;
        return document.Hessians.IsEmpty
            ? $"{document.Kind.ResultName}: it does not say which Hessian it is of; run its job again"
            : $"{document.Kind.ResultName}: it is of another Hessian than {first.Kind.ResultName}; run its job again for this one";
    }

    private static RunDocument Read(string folder, RunKind kind)
    {
        string path = Path.Combine(folder, kind.ResultName);
        try
        {
            JsonElement root = JsonElement.Parse(InputFile.ReadAll(path, ResultReader.MostBytes));
            return root.ValueKind == JsonValueKind.Object ? new(kind, folder, root) : throw new JsonException("it holds no object");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path} is not the result of a run ({Printable.Name(e.Message.TrimEnd('.'))}); run the job again.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new DataException($"{path} is not as this program writes it ({Printable.Name(e.Message.TrimEnd('.'))}); run the job again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a folder that you may read.", e);
        }
    }
}
