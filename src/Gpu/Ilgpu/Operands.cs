using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Turns our views into ILGPU's, checked for their length and their device.</summary>
internal static class Operands
{
    /// <summary>The first <paramref name="needed"/> elements of a view.</summary>
    public static ArrayView<T> Take<T>(this IlgpuDevice device, View<T> view, long needed)
        where T : unmanaged
    {
        if (needed <= 0)
            return default;
        view = view.First(needed);
        if (view.Buffer is not IlgpuBuffer<T> buffer || buffer.Device != device)
            throw new ArgumentException($"The buffer belongs to another device than {device.Description.Name}.", nameof(view));
        return buffer.Elements.SubView(view.Offset, view.Length);
    }

    /// <summary>The operands of <paramref name="entries"/> entries, <paramref name="length"/> elements each.</summary>
    public static ArrayView<T> Take<T>(this IlgpuDevice device, Batch<T> batch, int entries, long length)
        where T : unmanaged
        => device.Take(batch.Data, batch.Extent(entries, length));

    /// <summary>All elements of a batch of matrices.</summary>
    public static ArrayView<T> Take<T>(this IlgpuDevice device, in MatrixBatch<T> batch, int entries)
        where T : unmanaged
        => device.Take(batch.Data, batch.Extent(entries));
}
