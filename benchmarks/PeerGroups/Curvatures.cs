using System.Globalization;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// Traces, eigenpairs and effective dimensions of trained networks from products in float32: ours, and those of PyHessian and hessian-eigenthings.
/// </summary>
internal static class Curvatures
{
    private static readonly string[] _networks = ["mlp", "lenet5", FieldNetworks.CurvlinopsMlp];

    // Of a row; its ratio is the middle one.
    private const int UsualTurns = 3;

    /// <summary>Compares all, or those that are named; they take MNIST's images, which both sides read. What takes longest comes last.</summary>
    /// <param name="words">Networks, and the turns of a row if a number is among them.</param>
    public static void Run(IReadOnlyList<string> words)
    {
        string[] names = [.. words.Where(word => !char.IsAsciiDigit(word[0]))];
        int turns = words.Except(names).Select(word => int.Parse(word, CultureInfo.InvariantCulture)).LastOrDefault(UsualTurns);
        foreach (string name in names.Length > 0 ? names : _networks)
        {
            using var work = new CurvatureCase(FieldNetworks.Open(name), turns);
            var table = new Table(CurvatureTurn.Columns);
            CurvaturePairs.Add(table, work);
            CurvatureQuadratures.Add(table, work);
            CurvatureTraces.Add(table, work);
            table.Write();
        }
    }
}
