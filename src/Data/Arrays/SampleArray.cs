using System.Globalization;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Data.Arrays;

/// <summary>An array of samples, streamed one by one into a keeper.</summary>
/// <param name="array">The array.</param>
/// <param name="form">What a sample of it is.</param>
/// <param name="source">What it is called in errors.</param>
internal sealed class SampleArray(NpyReader array, SampleForm form, string source)
{
    private readonly int _size = form.Shape.Size;

    /// <summary>Puts all samples.</summary>
    public void Read(SampleKeeper keeper)
    {
        if (array.IsFortran)
            ReadFortran(keeper);
        else
            ReadInOrder(keeper);
    }

    private void ReadInOrder(SampleKeeper keeper)
    {
        var bytes = new byte[_size * array.Type.Size];
        for (int i = 0; i < array.Shape[0]; i++)
        {
            array.Read(bytes);
            Put(keeper, i, bytes);
        }
    }

    // The samples' index runs fastest, so that a sample is scattered over the whole array, which has to be held.
    private void ReadFortran(SampleKeeper keeper)
    {
        long length = array.Count * array.Type.Size;
        double free = HostMemory.FreeBytes();
        if (length > Math.Min(free, Array.MaxLength))
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{source} is in Fortran order and has to be read whole, which takes {ByteSize.Of(length)} of memory, of which {ByteSize.Of(free)} are free; "
                + $"save numpy.ascontiguousarray of it."));
        var all = new byte[length];
        array.Read(all);
        var bytes = new byte[_size * array.Type.Size];
        int[] strides = Strides();
        for (int i = 0; i < array.Shape[0]; i++)
        {
            for (int element = 0; element < _size; element++)
                all.AsSpan((int)Place(i, element, strides) * array.Type.Size, array.Type.Size).CopyTo(bytes.AsSpan(element * array.Type.Size));
            Put(keeper, i, bytes);
        }
    }

    // Elements from one index of a dimension to the next.
    private int[] Strides()
    {
        var strides = new int[array.Shape.Count];
        int stride = 1;
        for (int dimension = 0; dimension < strides.Length; dimension++)
        {
            strides[dimension] = stride;
            stride *= array.Shape[dimension];
        }

        return strides;
    }

    private long Place(int sample, int element, int[] strides)
    {
        long place = sample;
        for (int dimension = strides.Length - 1; dimension > 0; dimension--)
        {
            place += (long)(element % array.Shape[dimension]) * strides[dimension];
            element /= array.Shape[dimension];
        }

        return place;
    }

    private void Put(SampleKeeper keeper, int index, byte[] bytes)
    {
        switch (form.Elements)
        {
            case ElementKind.Pixels:
                keeper.PutPixels(index, Turned(bytes));
                break;
            case ElementKind.Tokens:
                keeper.PutTokens(index, Tokens(index, bytes), source);
                break;
            case ElementKind.Double:
                var doubles = new double[_size];
                array.Type.ToDoubles(bytes, doubles);
                keeper.PutNumbers<double>(index, Turned(doubles), source);
                break;
            default:
                keeper.PutNumbers<float>(index, Turned(Singles(bytes)), source);
                break;
        }
    }

    private float[] Singles(byte[] bytes)
    {
        var numbers = new float[_size];
        if (array.Type.IsReal)
            array.Type.ToSingles(bytes, numbers);
        else
            numbers = Array.ConvertAll(bytes, value => value == 0 ? 0f : 1f);
        return numbers;
    }

    private int[] Tokens(int index, byte[] bytes)
    {
        var tokens = new long[_size];
        array.Type.ToWhole(bytes, tokens);
        int bad = Array.FindIndex(tokens, token => token is < int.MinValue or > int.MaxValue);
        return bad < 0
            ? Array.ConvertAll(tokens, token => (int)token)
            : throw new DataException(
                $"{source} has the token {tokens[bad]} at position {bad} of sample {index}, expected 0 to {int.MaxValue}; number the vocabulary from 0.");
    }

    // [rows, columns, channels] to [channels, rows, columns].
    private T[] Turned<T>(T[] sample)
    {
        if (!form.IsChannelsLast)
            return sample;
        int channels = form.Shape.Dimensions[0], pixels = sample.Length / channels;
        var turned = new T[sample.Length];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int channel = 0; channel < channels; channel++)
                turned[(channel * pixels) + pixel] = sample[(pixel * channels) + channel];
        }

        return turned;
    }
}
