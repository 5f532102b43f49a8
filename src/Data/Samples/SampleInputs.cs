using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Data.Normalizing;

namespace BasinVolume.Data.Samples;

/// <summary>Kept samples, and how they become inputs.</summary>
internal abstract class SampleInputs
{
    /// <summary>Writes the inputs of one.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="row">Which of those that were kept.</param>
    /// <param name="inputs">Receives them; exactly as many as a sample has elements.</param>
    public abstract void Read<T>(int row, Span<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The same samples whose elements become inputs in another way.</summary>
    public abstract SampleInputs With(Normalization normalization);

    /// <summary>The levels of one, where samples are pixels.</summary>
    public virtual ReadOnlySpan<byte> Pixels(int row) => throw new InvalidOperationException("These samples are no pixels.");
}

/// <summary>Pixels of one byte.</summary>
internal sealed class PixelInputs(BlockArray<byte> levels, Normalization normalization) : SampleInputs
{
    private readonly PixelTable[] _tables = [.. normalization.Means.Zip(normalization.Deviations, (mean, deviation) => new PixelTable(mean, deviation))];

    /// <inheritdoc/>
    public override void Read<T>(int row, Span<T> inputs)
    {
        ReadOnlySpan<byte> image = levels.Row(row);
        int size = image.Length / _tables.Length;
        for (int channel = 0; channel < _tables.Length; channel++)
            Read(image.Slice(channel * size, size), _tables[channel].Values<T>(), inputs.Slice(channel * size, size));
    }

    /// <inheritdoc/>
    public override SampleInputs With(Normalization normalization) => new PixelInputs(levels, normalization);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels(int row) => levels.Row(row);

    private static void Read<T>(ReadOnlySpan<byte> levels, ReadOnlySpan<T> table, Span<T> inputs)
        where T : unmanaged
    {
        // A byte is always inside the table of 256.
        ref T first = ref MemoryMarshal.GetReference(table);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = Unsafe.Add(ref first, levels[i]);
    }
}

/// <summary>Numbers as they were given, less the mean, divided by the deviation; with mean 0 and deviation 1 they stay what they are.</summary>
/// <typeparam name="TElement">float, double, or int for tokens.</typeparam>
internal sealed class NumberInputs<TElement>(BlockArray<TElement> numbers, Normalization normalization) : SampleInputs
    where TElement : unmanaged, INumber<TElement>
{
    /// <inheritdoc/>
    public override void Read<T>(int row, Span<T> inputs)
    {
        ReadOnlySpan<TElement> sample = numbers.Row(row);
        int channels = normalization.Channels, size = sample.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            T mean = T.CreateTruncating(normalization.Means[channel]), deviation = T.CreateTruncating(normalization.Deviations[channel]);
            for (int i = channel * size; i < (channel + 1) * size; i++)
                inputs[i] = (T.CreateTruncating(sample[i]) - mean) / deviation;
        }
    }

    /// <inheritdoc/>
    public override SampleInputs With(Normalization normalization) => new NumberInputs<TElement>(numbers, normalization);
}
