using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Html;

/// <summary>A picture on a page.</summary>
/// <param name="Document">The job that drew it.</param>
/// <param name="Kind">How its file's name begins.</param>
/// <param name="Markup">The figure.</param>
internal sealed record PageFigure(RunDocument Document, string Kind, Html Markup)
{
    /// <summary>Whether the density of eigenvalues is seen on it.</summary>
    public bool IsDensity => PictureKind.Densities.Contains(Kind);

    /// <summary>Whether another picture shows nothing else: one of the same kind, by another job about the same Hessian.</summary>
    public bool Shows(PageFigure other)
        => other == this || (other.Kind == Kind && other.Document != Document && other.Document.Hessians.Overlaps(Document.Hessians));
}

/// <summary>The pictures of the jobs of a folder, in the order of the jobs, and of a job's in that of its models or directions.</summary>
/// <param name="All">The pictures.</param>
/// <param name="LeftOut">Pictures that are not shown, and why.</param>
internal sealed record PageFigures(ImmutableArray<PageFigure> All, ImmutableArray<string> LeftOut)
{
    /// <summary>Finds the pictures that jobs name among their files; what else lies in their folders is not looked at.</summary>
    /// <param name="documents">The documents of the jobs.</param>
    public static PageFigures Of(ImmutableArray<RunDocument> documents)
    {
        var leftOut = ImmutableArray.CreateBuilder<string>();
        var files = new Dictionary<string, RunDocument>(StringComparer.Ordinal);
        foreach (RunDocument document in documents)
        {
            if (document.Files is null)
                leftOut.Add(
                    $"the pictures of {document.Kind.ResultName}: it is of an earlier version and does not say which files are its own; run its job again");
            foreach (WrittenFile file in document.Files?.Files.Where(file => IsPicture(file.Name) && file.Bytes <= Figure.MostBytes) ?? [])
            {
                if (Manifest.IsUnchanged(document.Folder, file))
                    files[file.Name] = document;
                else
                    leftOut.Add($"{file.Name}: it is missing or not as its job wrote it");
            }
        }

        bool IsDark(string name) => files.Keys.Any(other => other != name && Theme.Dark.PathOf(other) == name);
        Picture[] light = [.. files.Where(file => !IsDark(file.Key)).Select(file => new Picture(file.Key, PictureKind.Of(file.Key), file.Value))];
        ImmutableArray<PageFigure> all =
        [
            .. light.OrderBy(picture => documents.IndexOf(picture.Document)).ThenBy(picture => picture.Place)
                .ThenBy(picture => picture.File, StringComparer.Ordinal)
                .Select(picture => new PageFigure(picture.Document, picture.Kind.Prefix, FigureOf(picture, files, leftOut))),
        ];
        return new(all, leftOut.ToImmutable());
    }

    // In the folder itself; below it are weights.
    private static bool IsPicture(string name) => Path.GetExtension(name) is ".svg" or ".png" && !name.Contains('/', StringComparison.Ordinal);

    private static Html FigureOf(Picture picture, Dictionary<string, RunDocument> files, ImmutableArray<string>.Builder leftOut)
    {
        string whose = picture.Name.Length > 0 ? $", {picture.Name}" : string.Empty, title = picture.Kind.Title + whose;
        string dark = Theme.Dark.PathOf(picture.File);
        try
        {
            return Figure.Of(
                picture.Path,
                files.TryGetValue(dark, out RunDocument? its) ? Path.Combine(its.Folder, dark) : null,
                new(title, picture.Kind.Explanation, PictureWords.Of(picture.Document.Record, picture.Kind.Prefix, picture.Name) ?? title));
        }
        catch (DataException e)
        {
            leftOut.Add($"{picture.File}: {e.Message.TrimEnd('.')}");
            return Html.None;
        }
    }

    /// <summary>A picture of a job.</summary>
    private sealed record Picture(string File, PictureKind Kind, RunDocument Document)
    {
        public string Path => System.IO.Path.Combine(Document.Folder, File);

        public string Name => Kind.NameIn(File);

        /// <summary>Where it comes among pictures of its kind.</summary>
        public int Place => PictureWords.NamesOf(Document.Record).IndexOf(Name);
    }
}
