using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Interop;

namespace BasinVolume.Mnist.Data;

/// <summary>Grey images of one size, each with its class. Never changes.</summary>
public sealed class Dataset
{
    /// <summary>Number of classes; labels are below it.</summary>
    public const int Classes = 10;

    private readonly PixelTable[] _tables;

    /// <summary>A set over existing bytes; they are used, not copied. Its pixels become inputs with MNIST's constants.</summary>
    /// <param name="images">The grey levels: image by image, row by row.</param>
    /// <param name="labels">One label an image, each below <see cref="Classes"/>.</param>
    /// <param name="rows">Rows of an image, at least 1.</param>
    /// <param name="columns">Columns of an image, at least 1.</param>
    /// <exception cref="ArgumentException">There is no image, or the lengths do not fit each other, or a label is too large.</exception>
    public Dataset(ReadOnlyMemory<byte> images, ReadOnlyMemory<byte> labels, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (labels.IsEmpty || images.Length != (long)labels.Length * rows * columns)
            throw new ArgumentException(
                $"{labels.Length} labels need as many images of {rows} x {columns}, and at least one; got {images.Length} pixels.", nameof(images));
        if (labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1)) >= 0)
            throw new ArgumentException($"A label is not below {Classes}.", nameof(labels));
        (Normalization, _tables) = (Normalization.Mnist, [new PixelTable(Normalization.Mnist.Means[0], Normalization.Mnist.Deviations[0])]);
        Images = images;
        Labels = labels;
        Rows = rows;
        Columns = columns;
    }

    private Dataset(Dataset other, Normalization normalization)
    {
        (Images, Labels, Rows, Columns, Normalization) = (other.Images, other.Labels, other.Rows, other.Columns, normalization);
        _tables = [.. normalization.Means.Zip(normalization.Deviations, (mean, deviation) => new PixelTable(mean, deviation))];
    }

    /// <summary>How pixels become inputs.</summary>
    public Normalization Normalization { get; }

    /// <summary>The grey levels, 0 (background) to 255: image by image, row by row.</summary>
    public ReadOnlyMemory<byte> Images { get; }

    /// <summary>The class of each image, 0 … <see cref="Classes"/> − 1.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Number of images, at least 1.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows of an image.</summary>
    public int Rows { get; }

    /// <summary>Columns of an image.</summary>
    public int Columns { get; }

    /// <summary>Pixels of an image: rows × columns.</summary>
    public int PixelsPerImage => Rows * Columns;

    /// <summary>The same images whose pixels become inputs in another way.</summary>
    /// <param name="normalization">The way; an image must fall into as many equal parts as it has channels.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public Dataset With(Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return PixelsPerImage % normalization.Channels == 0
            ? new(this, normalization)
            : throw new ArgumentException($"{PixelsPerImage} pixels do not fall into {normalization.Channels} channels.", nameof(normalization));
    }

    /// <summary>The grey levels of one image, row by row.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the set.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return Images.Span.Slice(index * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>Writes the inputs (<see cref="Normalization"/>) of the images asked for, in that order. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="indices">Which images, each 0 … <see cref="Count"/> − 1; one may be asked for more than once.</param>
    /// <param name="pixels">Receives [indices, rows, columns]; exactly that long.</param>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set.</exception>
    public void Read<T>(ReadOnlySpan<int> indices, Span<T> pixels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(pixels.Length, (long)indices.Length * PixelsPerImage, nameof(pixels));
        int size = PixelsPerImage / _tables.Length;
        foreach (int index in indices)
        {
            ReadOnlySpan<byte> levels = Image(index);
            for (int channel = 0; channel < _tables.Length; channel++)
                Read(levels.Slice(channel * size, size), _tables[channel].Values<T>(), pixels.Slice(channel * size, size));
            pixels = pixels[levels.Length..];
        }
    }

    /// <summary>Writes the labels of the images asked for, in that order. Allocates nothing.</summary>
    /// <param name="indices">Which images, each 0 … <see cref="Count"/> − 1; one may be asked for more than once.</param>
    /// <param name="labels">Receives one label an index; exactly that long.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> has another length.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside the set.</exception>
    public void ReadLabels(ReadOnlySpan<int> indices, Span<int> labels)
    {
        CheckLength(labels.Length, indices.Length, nameof(labels));
        ReadOnlySpan<byte> all = Labels.Span;
        for (int i = 0; i < indices.Length; i++)
            labels[i] = all[indices[i]];
    }

    /// <summary>Writes the labels of the images asked for as vectors of 1 at the class and 0 elsewhere. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="indices">Which images, each 0 … <see cref="Count"/> − 1.</param>
    /// <param name="targets">Receives [indices, <see cref="Classes"/>]; exactly that long.</param>
    /// <exception cref="DataException"><paramref name="targets"/> has another length: the network has not one output for each class.</exception>
    public void ReadTargets<T>(ReadOnlySpan<int> indices, Span<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (targets.Length != indices.Length * Classes)
            throw new DataException(
                $"The labels of these images become targets of {Classes} elements, but the network has {targets.Length / indices.Length} outputs; "
                + $"give it {Classes}.");
        targets.Clear();
        ReadOnlySpan<byte> all = Labels.Span;
        for (int i = 0; i < indices.Length; i++)
            targets[(i * Classes) + all[indices[i]]] = T.One;
    }

    private static void Read<T>(ReadOnlySpan<byte> levels, ReadOnlySpan<T> table, Span<T> inputs)
        where T : unmanaged
    {
        // A byte is always inside the table of 256.
        ref T first = ref MemoryMarshal.GetReference(table);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = Unsafe.Add(ref first, levels[i]);
    }

    private static void CheckLength(int actual, long expected, string name)
    {
        if (actual != expected)
            throw new ArgumentException($"Expected room for {expected} values, got {actual}.", name);
    }
}
