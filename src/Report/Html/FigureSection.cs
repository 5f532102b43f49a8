using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Html;

/// <summary>Every picture of the jobs of a folder, those of the same kind beside each other.</summary>
/// <param name="Markup">The section; nothing where there is no picture.</param>
/// <param name="LeftOut">Pictures that are not shown, and why.</param>
public sealed record FigureSection(Html Markup, ImmutableArray<string> LeftOut)
{
    // The kinds by how the names of their files begin, in the order in which they are read.
    private static readonly (string Prefix, string Title, string Explanation)[] Kinds =
    [
        ("training", "Training", "Loss of each batch and of the test samples, and the share of test samples that are answered right where they have classes."),
        ("filters", "Learned filters", "The weights of the first convolution; red is positive, blue negative."),
        ("mistakes", "First mistakes", "Test images with their class and what the model takes them for."),
        ("hessian", "Hessian", "Signed logarithmic colours: red is positive, blue negative; lines part the tensors of parameters."),
        ("spectrum", "Density of the spectrum", "How many eigenvalues there are in each third of a power of ten, zero apart; diamonds are outliers."),
        ("eigenpairs", "Eigenvalues at both ends", "Each with the interval that an eigenvalue lies in; open circles did not reach the tolerance."),
        ("density", "Distribution of the eigenvalues",
            "How many eigenvalues lie below a number: between the edges of the band; below it the density, smoothed, which is a picture and no bound."),
        ("shares", "Traces of the tensors", "The trace of each tensor's diagonal block, and its share of the whole."),
        ("tail", "Tail of the spectrum", "How many eigenvalues are at least so large; a power law is a straight line."),
        ("eigenvectors", "Eigenvectors",
            "Of the largest and of the most negative eigenvalues, as filters and class maps; colours are scaled in each tensor by itself."),
        ("line", "Loss along a direction", "The true loss beside its quadratic model, at distances in the units of the weights."),
        ("plane", "Loss over a plane", "The plane of two eigenvectors; the cross marks the weights."),
        ("volume", "Volumes", "The logarithm of the volume against threshold and prior."),
    ];

    /// <summary>Draws the pictures that jobs name among their files; what else lies in their folders is not looked at.</summary>
    /// <param name="documents">The documents of the jobs.</param>
    public static FigureSection Of(IEnumerable<RunDocument> documents)
    {
        var leftOut = ImmutableArray.CreateBuilder<string>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (RunDocument document in documents)
        {
            if (document.Files is null)
                leftOut.Add(
                    $"the pictures of {document.Kind.ResultName}: it is of an earlier version and does not say which files are its own; run its job again");
            foreach (WrittenFile file in document.Files?.Files.Where(file => IsPicture(file.Name) && file.Bytes <= Figure.MostBytes) ?? [])
            {
                if (Manifest.IsUnchanged(document.Folder, file))
                    files[file.Name] = Path.Combine(document.Folder, file.Name);
                else
                    leftOut.Add($"{file.Name}: it is missing or not as its job wrote it");
            }
        }

        bool IsDark(string name) => files.Keys.Any(other => other != name && Theme.Dark.PathOf(other) == name);
        string[] light = [.. files.Keys.Where(name => !IsDark(name)).Order(StringComparer.Ordinal)];
        IEnumerable<Html> figures = light.OrderBy(name => Array.FindIndex(Kinds, kind => IsOf(name, kind.Prefix)) is var place and >= 0 ? place : Kinds.Length)
            .Select(name => FigureOf(name, files, leftOut))
            .ToArray();
        Html markup = light.Length == 0
            ? Html.None
            : Html.Of($"<section id=\"pictures\"><h2>Pictures</h2>\n<div class=\"figures\">\n{figures}</div></section>\n");
        return new(markup, leftOut.ToImmutable());
    }

    // In the folder itself; below it are weights.
    private static bool IsPicture(string name) => Path.GetExtension(name) is ".svg" or ".png" && !name.Contains('/', StringComparison.Ordinal);

    private static bool IsOf(string name, string prefix)
        => Path.GetFileNameWithoutExtension(name) is var stem && (stem == prefix || stem.StartsWith(prefix + "-", StringComparison.Ordinal));

    private static Html FigureOf(string file, Dictionary<string, string> files, ImmutableArray<string>.Builder leftOut)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        (string Prefix, string Title, string Explanation) unknown = (name, name, string.Empty);
        (string prefix, string title, string explanation) = Kinds.FirstOrDefault(kind => IsOf(file, kind.Prefix), unknown);
        string whose = name.Length > prefix.Length ? $", {name[(prefix.Length + 1)..]}" : string.Empty;
        try
        {
            return Figure.Of(files[file], files.GetValueOrDefault(Theme.Dark.PathOf(file)), title + whose, explanation);
        }
        catch (DataException e)
        {
            leftOut.Add($"{file}: {e.Message.TrimEnd('.')}");
            return Html.None;
        }
    }
}
