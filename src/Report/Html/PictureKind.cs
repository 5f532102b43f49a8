using System.Collections.Immutable;

namespace BasinVolume.Report.Html;

/// <summary>What pictures of one kind are called and how they are read. Their files are called PREFIX.png or .svg, or PREFIX-NAME.</summary>
/// <param name="Prefix">How the names of their files begin.</param>
/// <param name="Title">What they show.</param>
/// <param name="Explanation">How they are read.</param>
internal sealed record PictureKind(string Prefix, string Title, string Explanation)
{
    /// <summary>Those where the density of eigenvalues is seen: a page has them near its top.</summary>
    public static ImmutableArray<string> Densities { get; } = ["spectrum", "density"];

    private static readonly ImmutableArray<PictureKind> All =
    [
        new("training", "Training",
            "Loss of each batch and of the test samples, and the share of test samples that are answered right where they have classes."),
        new("filters", "Learned filters", "The weights of the first convolution; red is positive, blue negative."),
        new("mistakes", "First mistakes", "Test images with their class and what the model takes them for."),
        new("hessian", "Hessian", "Signed logarithmic colours: red is positive, blue negative; lines part the tensors of parameters."),
        new("spectrum", "Density of the spectrum", "How many eigenvalues there are in each third of a power of ten, zero apart; diamonds are outliers."),
        new("damping", "Damping curve", "log|det(H + μI)| against μ, and its slope: at small μ the number of zeros, at large μ that of all eigenvalues."),
        new("eigenpairs", "Eigenvalues at both ends", "Each with the interval that an eigenvalue lies in; open circles did not reach the tolerance."),
        new("density", "Distribution of the eigenvalues",
            "How many eigenvalues lie below a number: between the edges of the band; below it the density, smoothed, which is a picture and no bound."),
        new("shares", "Traces of the tensors", "The trace of each tensor's diagonal block, and its share of the whole."),
        new("tail", "Tail of the spectrum", "How many eigenvalues are at least so large; a power law is a straight line."),
        new("eigenvectors", "Eigenvectors",
            "Of the largest and of the most negative eigenvalues, as filters and class maps; colours are scaled in each tensor by itself."),
        new("line", "Loss along a direction", "The true loss beside its quadratic model, at distances in the units of the weights."),
        new("plane", "Loss over a plane", "The plane of two eigenvectors; the cross marks the weights."),
        new("volume", "Volumes", "The logarithm of the volume against threshold and prior."),
    ];

    /// <summary>The kind of a picture; one by itself, without an explanation, for a file that is called like none.</summary>
    /// <param name="file">The name of its file.</param>
    public static PictureKind Of(string file)
    {
        string stem = Path.GetFileNameWithoutExtension(file);
        return All.FirstOrDefault(kind => stem == kind.Prefix || stem.StartsWith(kind.Prefix + "-", StringComparison.Ordinal)) ?? new(stem, stem, string.Empty);
    }

    /// <summary>What of a file's name says of whom the picture is; empty where nothing does.</summary>
    /// <param name="file">The name of a file of this kind.</param>
    public string NameIn(string file)
        => Path.GetFileNameWithoutExtension(file) is var stem && stem.Length > Prefix.Length ? stem[(Prefix.Length + 1)..] : string.Empty;
}
