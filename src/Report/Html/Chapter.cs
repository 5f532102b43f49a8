using System.Collections.Immutable;

namespace BasinVolume.Report.Html;

/// <summary>Sections of a chapter that belong together, and the pictures that follow them.</summary>
/// <param name="Sections">How the ids of the sections begin, in order.</param>
/// <param name="Pictures">The kinds of pictures, in order.</param>
internal sealed record ChapterPart(ImmutableArray<string> Sections, ImmutableArray<string> Pictures);

/// <summary>What stands under one heading of a page: every table and every picture stands in the chapter that it belongs to.</summary>
/// <param name="Id">What a link to it ends with.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Parts">What stands in it.</param>
internal sealed record Chapter(string Id, string Title, ImmutableArray<ChapterPart> Parts)
{
    /// <summary>All chapters, in the order of a page; a page leaves out those of which it has nothing.</summary>
    public static ImmutableArray<Chapter> All { get; } =
    [
        new("models", "Numbers", [new(["numbers"], [])]),
        new("eigenvalues", "Spectrum",
        [
            new(["spectrum", "curvature"], ["spectrum", "density", "tail"]),
            new(["damping"], ["damping"]),
            new(["pairs", "eigenvectors"], ["eigenpairs", "eigenvectors"]),
            new(["traces"], ["shares"]),
            new(["blocks", "block-norms"], ["hessian"]),
        ]),
        new("basin", "Volumes", [new(["volumes", "curvature-volumes", "rays", "converge", "sweep"], ["volume"])]),
        new("surroundings", "Landscape", [new(["landscape"], ["line", "plane"])]),
        new("learning", "Training", [new(["training"], ["training", "filters", "mistakes"])]),
        new("audits", "The notebook, line by line", [new(["audit"], [])]),
        new("cost", "Cost", [new(["stages"], [])]),
        new("rest", "More", [new([], [])]),
        new("checks", "Self-check", [new(["self-check"], [])]),
    ];

    /// <summary>Where a section stands that has no place of its own: before the self-check.</summary>
    private static Chapter Rest => All[^2];

    /// <summary>Where a section stands.</summary>
    /// <param name="section">The section's id.</param>
    /// <returns>The chapter, the part of it, and the place in the part.</returns>
    public static (Chapter Chapter, int Part, int Place) PlaceOf(string section)
    {
        IEnumerable<(Chapter Chapter, int Part, int Place, int Length)> places =
            from chapter in All
            from part in Enumerable.Range(0, chapter.Parts.Length)
            from place in Enumerable.Range(0, chapter.Parts[part].Sections.Length)
            let id = chapter.Parts[part].Sections[place]
            where section == id || section.StartsWith(id + "-", StringComparison.Ordinal)
            select (chapter, part, place, id.Length);
        return places.OrderByDescending(place => place.Length).Select(place => (place.Chapter, place.Part, place.Place)).FirstOrDefault((Rest, 0, 0));
    }

    /// <summary>Where pictures of a kind stand.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The chapter, the part of it, and the place in the part.</returns>
    public static (Chapter Chapter, int Part, int Place) PlaceOfPicture(string kind)
    {
        IEnumerable<(Chapter Chapter, int Part, int Place)> places =
            from chapter in All
            from part in Enumerable.Range(0, chapter.Parts.Length)
            where chapter.Parts[part].Pictures.Contains(kind)
            select (chapter, part, chapter.Parts[part].Pictures.IndexOf(kind));
        return places.FirstOrDefault((Rest, 0, 0));
    }
}
