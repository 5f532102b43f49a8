using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature;
using BasinVolume.Interop;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// Eigenvectors of a Hessian, drawn as what its parameters are: filters for a convolution, maps of the image for each class of a linear layer.
/// The largest eigenvalues come first, then the most negative.
/// </summary>
public static class EigenvectorPicture
{
    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="network">Its network.</param>
    /// <param name="stretches">The eigenvectors, in ascending stretches; without any there is no picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, Network network, ImmutableArray<Eigenpairs> stretches)
    {
        ArgumentNullException.ThrowIfNull(network);
        (double Value, double[] Vector)[] pairs = [.. stretches.SelectMany(PairsOf)];
        (string Title, double[] Vector)[] rows =
        [
            .. pairs.Where(pair => pair.Value >= 0).OrderByDescending(pair => pair.Value).Select(
                (pair, i) => (F($"largest {i + 1}: eigenvalue {pair.Value:g4}"), pair.Vector)),
            .. pairs.Where(pair => pair.Value < 0).OrderBy(pair => pair.Value).Select(
                (pair, i) => (F($"most negative {i + 1}: eigenvalue {pair.Value:g4}"), pair.Vector)),
        ];
        if (rows.Length == 0)
            return;
        var sheet = new TensorSheet(TensorMaps.Of(network));
        PictureFile.Write(path, sheet.SizeFor(rows.Length), theme => sheet.Draw(theme, $"{name}: eigenvectors, and each tensor's share of them", rows));
    }

    private static IEnumerable<(double Value, double[] Vector)> PairsOf(Eigenpairs pairs)
        => Enumerable.Range(0, pairs.Count).Select(k => (pairs.Value(k), pairs.Vector(k).ToArray()));

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
