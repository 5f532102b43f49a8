using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// Traces, eigenpairs and effective dimensions of trained networks from products in float32: ours, and those of PyHessian and hessian-eigenthings.
/// </summary>
internal static class Curvatures
{
    private static readonly string[] _networks = ["mlp", "lenet5", FieldNetworks.CurvlinopsMlp];

    /// <summary>Compares all, or those that are named; they take MNIST's images, which both sides read.</summary>
    public static void Run(IReadOnlyList<string> names)
    {
        foreach (string name in names.Count > 0 ? names : _networks)
        {
            using var work = new CurvatureCase(FieldNetworks.Open(name));
            var table = new Table(CurvatureTurn.Columns);
            CurvatureTraces.Add(table, work);
            CurvaturePairs.Add(table, work);
            CurvatureQuadratures.Add(table, work);
            table.Write();
        }
    }
}
