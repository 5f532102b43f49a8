using System.Numerics;
using BasinVolume.Benchmarks.Comparisons;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>Products of square matrices, ours and OpenBLAS's.</summary>
internal static class MatrixProducts
{
    private static readonly int[] _sizes = [1024, 2048];

    public static void Run()
    {
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        Add<float>(table, "float32");
        Add<double>(table, "float64");
        table.Write();
    }

    /// <summary>Arithmetic in a second, the better one of two sizes: what a roofline is drawn at.</summary>
    public static double Rate<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => _sizes.Max(size =>
        {
            using var product = new SquareProduct<T>(size);
            return product.Arithmetic / Stopwatches.Median(7, product.Run);
        });

    private static void Add<T>(Table table, string type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int size in _sizes)
        {
            using var product = new SquareProduct<T>(size);
            table.Add(
                $"matrix product {size} {type}",
                Turns.Middle(3, () => Stopwatches.Median(7, product.Run), () => Peer.Run("product", "--size", $"{size}", "--dtype", type)));
        }
    }
}
