using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Working storage for one symmetric matrix of order n: element (i, j) with j ≥ i stands in row i; what lies left of the diagonal means nothing.
/// Rows and columns are padded with zeros to a multiple of <see cref="Padding"/>, so that vector loops have no remainders. Zero rows and columns
/// change no product, no reflector and no update.
/// </summary>
internal sealed class SymmetricTriangle
{
    /// <summary>Twice the widest vector of doubles (512 bits): every loop's step divides it.</summary>
    public const int Padding = 16;

    /// <summary>An odd number of cache lines from row to row: elements below each other never compete for the same cache set.</summary>
    private const int CacheLine = 8;

    private readonly View<double> _view;

    /// <summary>The scaled upper triangle of a matrix: 2^(−exponent) A.</summary>
    public SymmetricTriangle(Matrix matrix, int exponent, HostThreads threads)
    {
        Order = matrix.Rows;
        PaddedOrder = RoundUp(Order);
        Stride = PaddedOrder + CacheLine;
        // Cleared by the team, as new memory is given by the page to whoever touches it first.
        Values = GC.AllocateUninitializedArray<double>(checked(PaddedOrder * Stride));
        _view = HostKernels.Over(Values);
        var parts = new TriangleParts(0, PaddedOrder);
        threads.Run(parts.Count, new Copy(matrix, -exponent, this, parts));
    }

    /// <summary>n, the order of the matrix.</summary>
    public int Order { get; }

    /// <summary>n rounded up to a multiple of <see cref="Padding"/>.</summary>
    public int PaddedOrder { get; }

    /// <summary>Elements from one row to the next in <see cref="Values"/>.</summary>
    public int Stride { get; }

    /// <summary>All rows.</summary>
    public double[] Values { get; }

    /// <summary>One row with its padding.</summary>
    public Span<double> Row(int row) => Values.AsSpan(row * Stride, PaddedOrder);

    /// <summary>A rectangle of elements as an operand of floor 1's kernels, in place.</summary>
    public MatrixBatch<double> Block(int row, int column, int rows, int columns) => MatrixViews.Of(_view, (row * Stride) + column, rows, columns, Stride);

    /// <summary>The multiple of <see cref="Padding"/> at or below an index: where a vector loop that needs the index may begin.</summary>
    public static int RoundDown(int index) => index & -Padding;

    private static int RoundUp(int index) => RoundDown(index + Padding - 1);

    // A row is cleared just before it is filled, while it is in the nearest cache.
    private readonly struct Copy(Matrix matrix, int exponent, SymmetricTriangle target, TriangleParts parts) : IPartitionedWork
    {
        // 2^1024 and above are no doubles, so that the smallest matrices take a second factor; each product is exact or rounded once.
        private const int LargestExponent = 1023;

        private readonly double _factor = Math.ScaleB(1, Math.Min(exponent, LargestExponent));
        private readonly double _rest = Math.ScaleB(1, Math.Max(0, exponent - LargestExponent));

        public void Run(int part)
        {
            int start = parts.Start(part), end = parts.Start(part + 1);
            int filled = Math.Clamp(target.Order, start, end);
            target.Values.AsSpan((filled * target.Stride)..(end * target.Stride)).Clear();
            for (int row = start; row < filled; row++)
            {
                target.Values.AsSpan(row * target.Stride, target.Stride).Clear();
                Span<double> to = target.Row(row);
                matrix.Row(row)[row..].CopyTo(to[row..]);
                to = to[RoundDown(row)..];
                Vectors.Scale(to, _factor);
                if (_rest != 1)
                    Vectors.Scale(to, _rest);
            }
        }
    }
}
