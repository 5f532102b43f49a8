using System.Globalization;
using BasinVolume.Curvature.Dense;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>Ours against theirs, item by item in one run, so that both meet the same machine.</summary>
internal static class PeerComparison
{
    // The least arithmetic of the notebook's Hessian with zero tangents pruned and one triangle only (docs/theory.md): 4.79 GFLOP.
    private const double LeastHessian = 4.79e9;

    // Of the two precisions of a Hessian.
    private const int Turns = 61;

    public static void Run()
    {
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        int threads = Environment.ProcessorCount;
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
        double[] rates = [Products<float>(table, threads), Products<double>(table, threads)];
        Hessians(table, data, threads, rates);
        Eigen(threads);
    }

    private static void Hessians(Table table, DataParts data, int threads, double[] rates)
    {
        using var single = new NotebookCase<float>(new HostDevice(threads), data, "notebook", 1500);
        using var wide = new NotebookCase<double>(new HostDevice(threads), data, "notebook", 1500);
        (double inSingle, double inDouble, double ratio) = Stopwatches.InTurns(Turns, single.ComputeHessian, wide.ComputeHessian);
        table.Add("Hessian float32, theirs the notebook's loop", MiddleTurn(3, () => Stopwatches.Median(21, single.ComputeHessian), Loop));
        table.Add("Hessian float32, theirs batched", (inSingle, Batched("float32")));
        table.Add("Hessian float64, theirs batched", (inDouble, Batched("float64")));
        table.Add("Hessian float64, theirs the notebook's loop in float32", MiddleTurn(3, () => Stopwatches.Median(21, wide.ComputeHessian), Loop));
        table.Add("training float32, 10 epochs with test", (Training(single, data), Peer.Run("training", "--threads", $"{threads}")));
        table.Write();
        Roofline("float32", inSingle, rates[0]);
        Roofline("float64", inDouble, rates[1]);
        Console.WriteLine(FormattableString.Invariant($"float64 / float32: {ratio:f2}, the median of {Turns} turns"));

        Peer Loop() => Peer.Run("hessian-loop", "--threads", $"{threads}");
        Peer Batched(string type) => Peer.Run("hessian-batched", "--dtype", type, "--threads", $"{threads}");
    }

    private static double Products<T>(Table table, int threads)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        string type = typeof(T) == typeof(float) ? "float32" : "float64";
        double rate = 0;
        foreach (int size in (int[])[1024, 2048])
        {
            using var device = new HostDevice(threads);
            using DeviceBuffer<T> a = RandomMatrices.Square<T>(device, size),
                b = RandomMatrices.Square<T>(device, size),
                c = RandomMatrices.Square<T>(device, size);
            MatrixBatch<T> left = MatrixBatch<T>.RowMajor(a.View, size, size),
                right = MatrixBatch<T>.RowMajor(b.View, size, size),
                product = MatrixBatch<T>.RowMajor(c.View, size, size);
            (double Ours, Peer Theirs) turn = MiddleTurn(
                3, () => Stopwatches.Median(7, () => device.Kernels<T>().MatrixProduct(1, left, right, product, false)), () => Peer.Run(
                    "product", "--size", $"{size}", "--dtype", type));
            table.Add($"matrix product {size} {type}", turn);
            rate = Math.Max(rate, 2.0 * size * size * size / turn.Ours);
        }

        return rate;
    }

    // Of some turns the one whose ratio is in the middle: a machine that others use as well slows one side down for a moment.
    private static (double Ours, Peer Theirs) MiddleTurn(int turns, Func<double> ours, Func<Peer> theirs)
    {
        (double Ours, Peer Theirs)[] ascending =
            [.. Enumerable.Range(0, turns).Select(_ => (Ours: ours(), Theirs: theirs())).OrderBy(turn => turn.Theirs.Seconds / turn.Ours)];
        return ascending[turns / 2];
    }

    private static double Training(NotebookCase<float> single, DataParts data)
    {
        var trainer = new Trainer<float>(single.Plan, data, single.Indices, new Hyperparameters(10, 64, 1, 0.7, 0));
        return Stopwatches.Median(3, () => trainer.Run(single.Weights));
    }

    private static void Roofline(string type, double seconds, double rate)
        => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Hessian {type}: {LeastHessian / seconds / 1e9:f1} GFLOP/s of the least 4.79 GFLOP, {100 * LeastHessian / seconds / rate:f0} % of the matrix "
            + $"product's {rate / 1e9:f1}: {seconds * rate / LeastHessian:f2} times the time of that product"));

    private static void Eigen(int threads)
    {
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        using var team = new HostThreads(threads);
        foreach ((int size, int turns, int repeats) in (ReadOnlySpan<(int, int, int)>)[(1710, 3, 3), (4096, 1, 1)])
        {
            Matrix matrix = RandomSymmetric(size);
            table.Add($"eigenvalues {size}", MiddleTurn(
                turns, () => Stopwatches.Median(repeats, () => SymmetricEigenvalues.Compute(matrix, team)), () => Theirs("eigenvalues")));
            table.Add($"eigenvectors {size}", MiddleTurn(
                turns, () => Stopwatches.Median(repeats, () => SymmetricEigenvectors.Compute(matrix, .., team)), () => Theirs("eigenvectors")));

            Peer Theirs(string item) => Peer.Run(item, "--size", $"{size}", "--repeats", $"{repeats}");
        }

        table.Write();
    }

    private static Matrix RandomSymmetric(int size)
    {
        var random = new Random(1);
        var matrix = new Matrix(size, size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = random.NextDouble() - 0.5;
        }

        return matrix;
    }
}
