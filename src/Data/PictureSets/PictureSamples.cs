using BasinVolume.Data.Pictures;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.PictureSets;

/// <summary>Decodes pictures side by side.</summary>
internal static class PictureSamples
{
    // As many are decoded at once, and in memory.
    private const int Together = 256;

    /// <summary>Decodes pictures and puts them into a keeper, in their order.</summary>
    /// <param name="samples">Those that are wanted.</param>
    /// <param name="form">The form that all have.</param>
    /// <param name="keeper">Takes them.</param>
    /// <param name="read">Is told of each, with the bytes of its file.</param>
    /// <exception cref="DataException">One is damaged, or of another form; of several the first.</exception>
    public static void Put(IEnumerable<PictureSample> samples, ImageForm form, SampleKeeper keeper, Action<PictureSample, byte[]> read)
    {
        foreach (PictureSample[] some in samples.Chunk(Together))
        {
            // Every one is tried, so that it is always the first bad one that is told of.
            Decoded[] decoded = [.. some.AsParallel().AsOrdered().Select(sample => Decode(sample, form))];
            for (int i = 0; i < some.Length; i++)
            {
                if (decoded[i].Fault is { } fault)
                    throw fault;
                keeper.PutPixels(some[i].Index, decoded[i].Pixels);
                keeper.PutLabels(some[i].Index, some[i].Label);
                read(some[i], decoded[i].Content);
            }
        }
    }

    private static Decoded Decode(PictureSample sample, ImageForm form)
    {
        try
        {
            byte[] content = sample.Read();
            return new(content, form.PixelsOf(PictureReader.Decoded(content, sample.Source), sample.Source), Fault: null);
        }
        catch (DataException e)
        {
            return new([], [], e);
        }
    }

    private sealed record Decoded(byte[] Content, byte[] Pixels, DataException? Fault);
}
