using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Training;

/// <summary>Samples as numbers, or why they could not be read.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="network">The network that they are for.</param>
/// <param name="most">How many samples there can be.</param>
internal sealed class ReadChunk<T>(Network network, int most)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _inputs = new T[most * network.Input.Size];
    private readonly int[] _labels = new int[most * network.Loss.LabelsPerSample];
    private readonly T[] _targets = new T[most * network.Loss.TargetLength];
    private readonly T[] _weights = new T[most];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Reads samples; whether that went well.</summary>
    public bool TryFill(ISamples samples, int first, int count)
    {
        try
        {
            samples.Read(first, Of(_inputs, 0, count), Of(_labels, 0, count), Of(_targets, 0, count), _weights.AsSpan(0, count));
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        return _failure is null;
    }

    /// <summary>Gives as many samples as there are weights. What went wrong while they were read is thrown here.</summary>
    public void CopyTo<TNumber>(int first, Span<TNumber> inputs, Span<int> labels, Span<TNumber> targets, Span<TNumber> weights)
        where TNumber : unmanaged
    {
        if (typeof(TNumber) != typeof(T))
            throw new InvalidOperationException($"The samples were read as {typeof(T).Name} and are asked for as {typeof(TNumber).Name}.");
        _failure?.Throw();
        int count = weights.Length;
        Of(_inputs, first, count).CopyTo(MemoryMarshal.Cast<TNumber, T>(inputs));
        Of(_labels, first, count).CopyTo(labels);
        Of(_targets, first, count).CopyTo(MemoryMarshal.Cast<TNumber, T>(targets));
        Of(_weights, first, count).CopyTo(MemoryMarshal.Cast<TNumber, T>(weights));
    }

    private Span<TElement> Of<TElement>(TElement[] all, int first, int count)
    {
        int each = all.Length / most;
        return all.AsSpan(first * each, count * each);
    }
}
