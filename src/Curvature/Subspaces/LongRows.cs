using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>Products of few long rows: Gram matrices and combinations, whose price is reading the rows from memory.</summary>
/// <remarks>
/// The n columns are cut into stretches that stay in a core's cache, and each stretch of a kept row is read once for all rows of a block. Stretches are
/// gathered to parts, whose sums are added in their order: cuts follow from n alone, so results have the same bits for any number of threads. What becomes of
/// two rows does not depend on the others that are with them, so neither do they on how many rows go together.
/// </remarks>
internal sealed class LongRows
{
    private const int Stretch = 1024, ShortStretch = 128, MostParts = 32;

    private readonly HostThreads? _threads;
    private readonly int _length, _parts;
    private double[] _sums = [], _scratch = [];

    /// <summary>Rows of a length.</summary>
    /// <param name="length">n.</param>
    /// <param name="threads">The team; null for the caller's thread alone.</param>
    public LongRows(int length, HostThreads? threads)
    {
        (_threads, _length) = (threads, length);
        _parts = Math.Clamp((length + Stretch - 1) / Stretch, 1, MostParts);
    }

    /// <summary>products[i, j] = x_i · y_j, row-major with y.Count columns.</summary>
    public void Dot(RowRange x, RowRange y, Span<double> products)
    {
        int count = x.Count * y.Count;
        Provide(ref _sums, count);
        Run(_parts, new DotWork(this, x, y));
        products[..count].Clear();
        for (int part = 0; part < _parts; part++)
            Vectors.Add<double>(products[..count], _sums.AsSpan(part * count, count));
    }

    /// <summary>The same in a part of a matrix.</summary>
    /// <param name="x">Rows of the part.</param>
    /// <param name="y">Columns of the part.</param>
    /// <param name="matrix">Where it is.</param>
    /// <param name="row">Its first row there.</param>
    /// <param name="column">Its first column there.</param>
    public void Dot(RowRange x, RowRange y, Matrix matrix, int row, int column)
    {
        double[] products = new double[x.Count * y.Count];
        Dot(x, y, products);
        for (int i = 0; i < x.Count; i++)
            products.AsSpan(i * y.Count, y.Count).CopyTo(matrix.Row(row + i)[column..]);
    }

    /// <summary>x_i += Σ_j f_ij y_j, the factors row-major with y.Count columns.</summary>
    public void Add(RowRange x, RowRange y, double[] factors) => Run(_parts, new AddWork(this, x, y, factors));

    /// <summary>
    /// x_i ← x_i − Σ_j (x_i · y_j) y_j for orthonormal y: all coefficients first, then the combination. Once leaves rounding of the size of what is taken away;
    /// who needs orthogonality does it twice (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
    /// </summary>
    /// <returns>x_i · y_j, row-major.</returns>
    public double[] Remove(RowRange x, RowRange y)
    {
        double[] along = new double[x.Count * y.Count];
        Dot(x, y, along);
        Add(x, y, Array.ConvertAll(along, coefficient => -coefficient));
        return along;
    }

    /// <summary>The first rows become combinations of all: y_i ← Σ_j s_ij y_j for i &lt; s.Rows.</summary>
    public void Combine(RowRange y, Matrix s)
    {
        Provide(ref _scratch, s.Rows * ShortStretch);
        Run(_parts, new CombineWork(this, y, s));
    }

    /// <summary>x_i ← factor·x_i.</summary>
    public void Scale(RowRange x, double factor) => Run(x.Count, new ScaleWork(x, factor));

    /// <summary>The largest magnitude among all elements; not a number if one is not.</summary>
    public double Largest(RowRange x)
    {
        double[] largest = new double[x.Count];
        Run(x.Count, new LargestWork(x, largest));
        return largest.Aggregate(0.0, Math.Max);
    }

    /// <summary>|x_i|, right to the last few bits whatever their size.</summary>
    public double[] Norms(RowRange x)
    {
        double[] norms = new double[x.Count];
        Run(x.Count, new NormWork(x, norms));
        return norms;
    }

    // What every part writes to is kept from one call to the next, and as large as has been asked for.
    private void Provide(ref double[] values, int ofPart)
    {
        if (values.Length < _parts * ofPart)
            values = GC.AllocateUninitializedArray<double>(Math.Max(_parts * ofPart, 2 * values.Length));
    }

    private void Run<TWork>(int parts, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (_threads is not null)
        {
            _threads.Run(parts, work);
            return;
        }

        for (int part = 0; part < parts; part++)
            work.Run(part);
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
                int length = Math.Min(Stretch, end - start), j = 0;
                for (; j + 3 < y.Count; j += 4)
                    AddFour(sums, j, start, length);
                for (; j < y.Count; j++)
                {
                    for (int i = 0; i < x.Count; i++)
                        sums[(i * y.Count) + j] += RowProducts.OneWithOne(x.Stretch(i, start, length), y.Stretch(j, start, length));
                }
            }
        }

        // Four rows of y with all of x, in pairs.
        private void AddFour(Span<double> sums, int j, int start, int length)
        {
            ReadOnlySpan<double> a = y.Stretch(j, start, length), b = y.Stretch(j + 1, start, length);
            ReadOnlySpan<double> c = y.Stretch(j + 2, start, length), d = y.Stretch(j + 3, start, length);
            int i = 0;
            for (; i + 1 < x.Count; i += 2)
            {
                (RowProducts.Sums first, RowProducts.Sums second)
                    = RowProducts.FourWithTwo(x.Stretch(i, start, length), x.Stretch(i + 1, start, length), a, b, c, d);
                Add(sums.Slice((i * y.Count) + j, 4), first);
                Add(sums.Slice(((i + 1) * y.Count) + j, 4), second);
            }

            if (i < x.Count)
                Add(sums.Slice((i * y.Count) + j, 4), RowProducts.FourWithOne(x.Stretch(i, start, length), a, b, c, d));
        }

        private static void Add(Span<double> sums, in RowProducts.Sums four)
        {
            sums[0] += four.A;
            sums[1] += four.B;
            sums[2] += four.C;
            sums[3] += four.D;
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

    private readonly struct NormWork(RowRange x, double[] norms) : IPartitionedWork
    {
        public void Run(int part) => norms[part] = EuclideanNorm.Of(x.Row(part));
    }

    private readonly struct LargestWork(RowRange x, double[] largest) : IPartitionedWork
    {
        public void Run(int part) => largest[part] = Magnitude.Largest(x.Row(part));
    }
}
