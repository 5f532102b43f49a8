using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Densities;

/// <summary>Takes probes block by block, as many at a time as the memory allows.</summary>
internal sealed class ProbeRun(ILinearMap map, RitzPairs? deflated, ISubspace? without, ProbeOptions options, HostThreads threads)
{
    /// <summary>The probes that are taken until now.</summary>
    public ImmutableArray<SpectralQuadrature> Known { get; private set; } = [];

    /// <summary>Takes all.</summary>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="found">Told the probes after each block, and when a block ends early those of its steps that are done, if they are two or more.</param>
    /// <param name="cancellation">Checked before each step.</param>
    public void All(IProgress<double>? progress, Action<ImmutableArray<SpectralQuadrature>> found, CancellationToken cancellation)
    {
        var starts = new ProbeStarts(map.Order, deflated?.Vectors, without, options.Seed, threads);
        int probes = Math.Min(options.Probes, Dimension);
        // As many probes as dimensions leave nothing to chance if they are a basis.
        Matrix? basis = probes == Dimension ? starts.Basis(probes) : null;
        double scale = deflated?.Pairs.Select(pair => Math.Abs(pair.Value)).DefaultIfEmpty(0).Max() ?? 0;
        int blocks = Blocks(probes);
        for (int block = 0; block < blocks; block++)
        {
            // Blocks of as equal a width as can be.
            int first = (int)((long)probes * block / blocks), end = (int)((long)probes * (block + 1) / blocks);
            Matrix some = basis is null
                ? starts.Draw(first, end - first)
                : new Matrix(end - first, map.Order, basis.Values[(first * map.Order)..(end * map.Order)]);
            var recurrences = new RecurrenceBlock(map, some, options.Steps, scale, threads);
            double all = probes;
            Take(recurrences, ShareOfProgress.Of(progress, first / all, end / all), found, cancellation);
        }
    }

    private void Take(
        RecurrenceBlock recurrences, IProgress<double>? progress, Action<ImmutableArray<SpectralQuadrature>> found, CancellationToken cancellation)
    {
        ImmutableArray<SpectralQuadrature> before = Known;
        bool done = false;
        try
        {
            recurrences.Run(options.Enough, progress, cancellation);
            done = true;
        }
        finally
        {
            // What is known is told even if the block did not end; without the cancellation, which would stop that as well.
            Known = before.AddRange(recurrences.Quadratures(CancellationToken.None));
            if (done || Known.Length >= 2)
                found(Known);
        }
    }

    private int Dimension => map.Order - (deflated?.Pairs.Length ?? 0) - (without?.Dimension ?? 0);

    private int Blocks(int probes)
    {
        int width = Math.Min(options.Width, probes);
        if (options.MemoryBytes is { } memory)
        {
            long one = RecurrenceBlock.BytesOfOne(map.Order, options.Steps);
            if (memory < one)
                throw new MatrixException(
                    $"A probe of {options.Steps} steps keeps {ByteSize.Of(one)} of vectors where {ByteSize.Of(memory)} are allowed; "
                    + "take fewer steps or allow more memory.");
            width = (int)Math.Min(width, memory / one);
        }

        return (probes + width - 1) / width;
    }
}
