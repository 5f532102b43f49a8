using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices, ours and LAPACK's.</summary>
internal static class Eigenvalues
{
    private const int TurnCount = 3;

    public static void Run()
    {
        // As the program does for dense matrices, and NumPy for its arrays.
        LargePages.AskFor();
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        using var team = new HostThreads(Environment.ProcessorCount);
        foreach ((int size, int repeats) in (ReadOnlySpan<(int, int)>)[(1710, 3), (4096, 1)])
        {
            Matrix matrix = RandomSymmetric(size);
            table.Add($"eigenvalues {size}", Turns.Middle(
                TurnCount, () => Stopwatches.Median(repeats, () => SymmetricEigenvalues.Compute(matrix, team)), () => Theirs("eigenvalues")));
            table.Add($"eigenvectors {size}", Turns.Middle(
                TurnCount, () => Stopwatches.Median(repeats, () => SymmetricEigenvectors.Compute(matrix, .., team)), () => Theirs("eigenvectors")));

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
