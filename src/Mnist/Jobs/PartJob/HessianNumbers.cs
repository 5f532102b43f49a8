using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>
/// The roots of a share of a Hessian as numbers: a row of level, index and loss for each, and its triangle and its gradient in arrays of their own.
/// </summary>
internal static class HessianNumbers
{
    /// <summary>What the array of all roots is called.</summary>
    public const string Roots = "roots";

    /// <summary>Numbers in a row of it.</summary>
    public const int OfRoot = 3;

    /// <summary>The arrays of a part.</summary>
    public static IEnumerable<PartArray> Of(HessianPart part)
    {
        yield return new(Roots, [part.Roots.Count, OfRoot], [.. part.Roots.SelectMany(root => (double[])[root.Level, root.Index, root.Loss])]);
        foreach (HessianRoot root in part.Roots)
        {
            yield return new(Triangle(root.Level, root.Index), [root.Triangle.Length], root.Triangle);
            yield return new(Gradient(root.Level, root.Index), [root.Gradient.Length], root.Gradient);
        }
    }

    /// <summary>A root again.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="read">Reads an array by its name.</param>
    public static HessianRoot Root(double[] row, Func<string, double[]> read)
    {
        (int level, int index) = ((int)row[0], (int)row[1]);
        return new(level, index, read(Triangle(level, index)), read(Gradient(level, index)), row[2]);
    }

    private static string Triangle(int level, int index) => FormattableString.Invariant($"triangle-{level}-{index}");

    private static string Gradient(int level, int index) => FormattableString.Invariant($"gradient-{level}-{index}");
}
