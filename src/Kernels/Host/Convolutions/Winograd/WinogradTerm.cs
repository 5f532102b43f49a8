using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>Images and the filters that they are convolved with: one of the terms that are summed before products of tiles are transformed back.</summary>
/// <param name="Images">[S, source size] for each entry.</param>
/// <param name="AreShared">Whether several entries have the same images.</param>
/// <param name="Filters">Packed by <see cref="WinogradFilters{T}"/>: once, or for each entry.</param>
/// <param name="FiltersStride">Elements from one entry's filters to the next one's; 0 when they are shared.</param>
internal readonly record struct WinogradTerm<T>(HostBatch<T> Images, bool AreShared, ArraySegment<T> Filters, int FiltersStride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>An entry's filters.</summary>
    /// <param name="entry">Which.</param>
    public Span<T> FiltersOf(int entry) => Filters.AsSpan(entry * FiltersStride);
}
