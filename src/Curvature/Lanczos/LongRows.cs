using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>Products of few long rows on threads: Gram matrices and combinations, whose price is reading the rows from memory.</summary>
/// <remarks>
/// The n columns are cut into stretches that stay in a core's cache, and each stretch of a kept row is read once for all rows of a block. Stretches are
/// gathered to parts, whose sums are added in their order: cuts follow from n alone, so results have the same bits for any number of threads.
/// </remarks>
internal sealed class LongRows
{
    private const int Stretch = 1024, ShortStretch = 128, MostParts = 32;

    private readonly HostThreads _threads;
    private readonly int _length, _parts;
    private readonly double[] _sums;
    private readonly double[] _scratch;

    /// <summary>Takes the storage once.</summary>
    /// <param name="length">n.</param>
    /// <param name="block">The most rows of a block.</param>
    /// <param name="kept">The most rows that are kept.</param>
    /// <param name="threads">The team.</param>
    public LongRows(int length, int block, int kept, HostThreads threads)
    {
        (_threads, _length) = (threads, length);
        _parts = Math.Clamp((length + Stretch - 1) / Stretch, 1, MostParts);
        _sums = new double[_parts * block * kept];
        _scratch = new double[_parts * kept * ShortStretch];
    }

    /// <summary>products[i, j] = x_i · y_j, row-major with y.Count columns.</summary>
    public void Dot(RowRange x, RowRange y, Span<double> products)
    {
        int count = x.Count * y.Count;
        _threads.Run(_parts, new DotWork(this, x, y));
        products[..count].Clear();
        for (int part = 0; part < _parts; part++)
            Vectors.Add<double>(products[..count], _sums.AsSpan(part * count, count));
    }

    /// <summary>x_i += Σ_j f_ij y_j, the factors row-major with y.Count columns.</summary>
    public void Add(RowRange x, RowRange y, double[] factors) => _threads.Run(_parts, new AddWork(this, x, y, factors));

    /// <summary>The first rows become combinations of all: y_i ← Σ_j s_ij y_j for i &lt; s.Rows.</summary>
    public void Combine(RowRange y, Matrix s) => _threads.Run(_parts, new CombineWork(this, y, s));

    /// <summary>x_i ← factor·x_i.</summary>
    public void Scale(RowRange x, double factor) => _threads.Run(x.Count, new ScaleWork(x, factor));

    /// <summary>The largest magnitude among all elements; not a number if one is not.</summary>
    public double Largest(RowRange x)
    {
        double[] largest = new double[x.Count];
        _threads.Run(x.Count, new LargestWork(x, largest));
        return largest.Aggregate(0.0, Math.Max);
    }

    // The columns of a part: whole stretches, so that each is cut alike in every kind of work.
    private (int Start, int End) Part(int part)
    {
        long stretches = (_length + Stretch - 1) / Stretch;
        return ((int)(stretches * part / _parts * Stretch), (int)Math.Min(_length, stretches * (part + 1) / _parts * Stretch));
    }

    // Targets in pairs, rows in fours: each row that is read serves two targets, each target that is read and written takes four rows.
    private static void AddStretch(RowRange x, int xStart, RowRange y, int yStart, int length, ReadOnlySpan<double> factors)
    {
        int whole = y.Count / 4 * 4;
        for (int j = 0; j < whole; j += 4)
        {
            ReadOnlySpan<double> a = y.Stretch(j, yStart, length), b = y.Stretch(j + 1, yStart, length);
            ReadOnlySpan<double> c = y.Stretch(j + 2, yStart, length), d = y.Stretch(j + 3, yStart, length);
            int i = 0;
            for (; i + 1 < x.Count; i += 2)
            {
                ReadOnlySpan<double> f = factors.Slice((i * y.Count) + j, 4), s = factors.Slice(((i + 1) * y.Count) + j, 4);
                RowCombinations.AddFourToTwo(
                    x.Stretch(i, xStart, length), new(f[0], f[1], f[2], f[3]), x.Stretch(i + 1, xStart, length), new(s[0], s[1], s[2], s[3]), a, b, c, d);
            }

            if (i < x.Count)
            {
                ReadOnlySpan<double> f = factors.Slice((i * y.Count) + j, 4);
                Vectors.AddTwoScaledFused(x.Stretch(i, xStart, length), f[0], a, f[1], b);
                Vectors.AddTwoScaledFused(x.Stretch(i, xStart, length), f[2], c, f[3], d);
            }
        }

        for (int j = whole; j < y.Count; j++)
        {
            for (int i = 0; i < x.Count; i++)
                Vectors.AddScaledFused(x.Stretch(i, xStart, length), factors[(i * y.Count) + j], y.Stretch(j, yStart, length));
        }
    }

    private readonly struct DotWork(LongRows owner, RowRange x, RowRange y) : IPartitionedWork
    {
        public void Run(int part)
        {
            Span<double> sums = owner._sums.AsSpan(part * x.Count * y.Count, x.Count * y.Count);
            sums.Clear();
            (int from, int end) = owner.Part(part);
            for (int start = from; start < end; start += Stretch)
            {
                int length = Math.Min(Stretch, end - start);
                for (int j = 0; j < y.Count; j++)
                    AddDots(sums, j, start, length);
            }
        }

        private void AddDots(Span<double> sums, int j, int start, int length)
        {
            ReadOnlySpan<double> row = y.Stretch(j, start, length);
            int i = 0;
            for (; i + 1 < x.Count; i += 2)
            {
                (double first, double second) = DotProduct.FusedTwo(x.Stretch(i, start, length), x.Stretch(i + 1, start, length), row);
                sums[(i * y.Count) + j] += first;
                sums[((i + 1) * y.Count) + j] += second;
            }

            if (i < x.Count)
                sums[(i * y.Count) + j] += DotProduct.Fused(x.Stretch(i, start, length), row);
        }
    }

    private readonly struct AddWork(LongRows owner, RowRange x, RowRange y, double[] factors) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int from, int end) = owner.Part(part);
            for (int start = from; start < end; start += Stretch)
                AddStretch(x, start, y, start, Math.Min(Stretch, end - start), factors);
        }
    }

    private readonly struct CombineWork(LongRows owner, RowRange y, Matrix s) : IPartitionedWork
    {
        public void Run(int part)
        {
            int size = s.Rows * ShortStretch;
            var scratch = new Memory<double>[s.Rows];
            for (int i = 0; i < scratch.Length; i++)
                scratch[i] = owner._scratch.AsMemory((part * size) + (i * ShortStretch), ShortStretch);
            var combined = new RowRange(scratch, 0, scratch.Length);
            (int from, int end) = owner.Part(part);
            for (int start = from; start < end; start += ShortStretch)
            {
                int length = Math.Min(ShortStretch, end - start);
                owner._scratch.AsSpan(part * size, size).Clear();
                AddStretch(combined, 0, y, start, length, s.Values);
                for (int i = 0; i < s.Rows; i++)
                    combined.Stretch(i, 0, length).CopyTo(y.Stretch(i, start, length));
            }
        }
    }

    private readonly struct ScaleWork(RowRange x, double factor) : IPartitionedWork
    {
        public void Run(int part) => Vectors.Scale(x.Row(part), factor);
    }

    private readonly struct LargestWork(RowRange x, double[] largest) : IPartitionedWork
    {
        public void Run(int part) => largest[part] = Magnitude.Largest(x.Row(part));
    }
}
