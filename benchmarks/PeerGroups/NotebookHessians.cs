using System.Globalization;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>The notebook's Hessian, ours and PyTorch's.</summary>
internal static class NotebookHessians
{
    // The least arithmetic of the notebook's Hessian with zero tangents pruned and one triangle only (docs/theory.md): 4.79 GFLOP.
    private const double LeastHessian = 4.79e9;

    // Of the two precisions of a Hessian.
    private const int TurnsOfPrecisions = 61;

    public static void Run()
    {
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        int threads = Environment.ProcessorCount;
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
        using var single = new NotebookCase<float>(new HostDevice(threads), data, "notebook", 1500);
        using var wide = new NotebookCase<double>(new HostDevice(threads), data, "notebook", 1500);
        (double inSingle, double inDouble, double ratio) = Stopwatches.InTurns(TurnsOfPrecisions, single.ComputeHessian, wide.ComputeHessian);
        table.Add("Hessian float32, theirs the notebook's loop", Turns.Middle(3, () => Stopwatches.Median(21, single.ComputeHessian), Loop));
        table.Add("Hessian float32, theirs batched", (inSingle, Batched("float32")));
        table.Add("Hessian float64, theirs batched", (inDouble, Batched("float64")));
        table.Add(
            "Hessian float64, theirs the notebook's loop in float32", Turns.Middle(3, () => Stopwatches.Median(21, wide.ComputeHessian), Loop));
        table.Write();
        Roofline("float32", inSingle, MatrixProducts.Rate<float>());
        Roofline("float64", inDouble, MatrixProducts.Rate<double>());
        Console.WriteLine(FormattableString.Invariant($"float64 / float32: {ratio:f2}, the median of {TurnsOfPrecisions} turns"));
        Console.WriteLine();

        Peer Loop() => Peer.Run("hessian-loop", "--threads", $"{threads}");
        Peer Batched(string type) => Peer.Run("hessian-batched", "--dtype", type, "--threads", $"{threads}");
    }

    private static void Roofline(string type, double seconds, double rate)
        => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Hessian {type}: {LeastHessian / seconds / 1e9:f1} GFLOP/s of the least 4.79 GFLOP, {100 * LeastHessian / seconds / rate:f0} % of the matrix "
            + $"product's {rate / 1e9:f1}: {seconds * rate / LeastHessian:f2} times the time of that product"));
}
