using BasinVolume.Mnist.Pictures;

namespace BasinVolume.Mnist.Html;

/// <summary>Every picture of a folder, those of the same kind beside each other.</summary>
internal static class FigureSection
{
    // The kinds by how the names of their files begin, in the order in which they are read.
    private static readonly (string Prefix, string Title, string Explanation)[] Kinds =
    [
        ("training", "Training", "Loss of each batch and of the test images, and the share of test images that are answered right."),
        ("filters", "Learned filters", "The weights of the first convolution; red is positive, blue negative."),
        ("mistakes", "First mistakes", "Test images with their label and what the model takes them for."),
        ("hessian", "Hessian", "Signed logarithmic colours: red is positive, blue negative; lines part the tensors of parameters."),
        ("spectrum", "Density of the spectrum", "How many eigenvalues there are in each third of a power of ten, zero apart; diamonds are outliers."),
        ("tail", "Tail of the spectrum", "How many eigenvalues are at least so large; a power law is a straight line."),
        ("eigenvectors", "Eigenvectors", "Of the largest and of the most negative eigenvalues, as filters and class maps; colours are scaled in each tensor by itself."),
        ("line", "Loss along a direction", "The true loss beside its quadratic model, at distances in the units of the weights."),
        ("plane", "Loss over a plane", "The plane of two eigenvectors; the cross marks the weights."),
        ("volume", "Volumes", "The logarithm of the volume against threshold and prior."),
    ];

    /// <summary>The section; nothing where there is no picture.</summary>
    public static Html Of(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".svg" or ".png").Order(StringComparer.Ordinal)];
        string[] light = [.. files.Where(file => !files.Any(other => other != file && Theme.Dark.PathOf(other) == file))];
        if (light.Length == 0)
            return Html.None;
        IEnumerable<Html> figures = light.OrderBy(file => Array.FindIndex(Kinds, kind => IsOf(file, kind.Prefix)) is var place and >= 0 ? place : Kinds.Length).Select(file => FigureOf(file, files));
        return Html.Of($"<section id=\"pictures\"><h2>Pictures</h2>\n<div class=\"figures\">\n{figures}</div></section>\n");
    }

    private static bool IsOf(string file, string prefix) => Path.GetFileNameWithoutExtension(file) is var name && (name == prefix || name.StartsWith(prefix + "-", StringComparison.Ordinal));

    private static Html FigureOf(string file, string[] files)
    {
        string name = Path.GetFileNameWithoutExtension(file), dark = Theme.Dark.PathOf(file);
        (string Prefix, string Title, string Explanation) unknown = (name, name, string.Empty);
        (string prefix, string title, string explanation) = Kinds.FirstOrDefault(kind => IsOf(file, kind.Prefix), unknown);
        string whose = name.Length > prefix.Length ? $", {name[(prefix.Length + 1)..]}" : string.Empty;
        return Figure.Of(file, files.Contains(dark) ? dark : null, title + whose, explanation);
    }
}
