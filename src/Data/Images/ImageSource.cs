using System.Security.Cryptography;
using System.Text;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Pictures;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Images;

/// <summary>A folder of images that was opened: names and headers are known.</summary>
/// <param name="trainingFiles">The training images.</param>
/// <param name="testFiles">The test images; none perhaps.</param>
/// <param name="form">The form that all have.</param>
internal sealed class ImageSource(ImageFile[] trainingFiles, ImageFile[] testFiles, ImageForm form) : DataSource
{
    // As many are decoded at once, and in memory.
    private const int Together = 256;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        var sha256 = new Dictionary<string, string>(StringComparer.Ordinal) { ["images"] = Read(trainingFiles, training) };
        if (test is not null)
            sha256.Add("test images", Read(testFiles, test));
        return sha256;
    }

    // One hash of what is used: for each picture its name, a zero, the hash of its bytes in digits, and a line's end.
    private string Read(ImageFile[] files, SampleKeeper keeper)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int[] indices in Enumerable.Range(0, files.Length).Where(keeper.Wants).Chunk(Together))
        {
            // Every one is tried, so that it is always the first bad one that is told of.
            Decoded[] decoded = [.. indices.AsParallel().AsOrdered().Select(index => Decode(files[index]))];
            for (int i = 0; i < indices.Length; i++)
            {
                if (decoded[i].Fault is { } fault)
                    throw fault;
                keeper.PutPixels(indices[i], decoded[i].Pixels);
                keeper.PutLabels(indices[i], files[indices[i]].Class);
                all.AppendData(Encoding.UTF8.GetBytes($"{files[indices[i]].Name}\0{decoded[i].Sha256}\n"));
            }
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private Decoded Decode(ImageFile file)
    {
        try
        {
            byte[] content = ReadFaults.Explained(file.Path, () => InputFile.ReadAll(file.Path, PictureReader.MostBytes));
            byte[] pixels = form.PixelsOf(PictureReader.Decoded(content, file.Path), file.Path);
            return new(pixels, Convert.ToHexStringLower(SHA256.HashData(content)), Fault: null);
        }
        catch (DataException e)
        {
            return new([], string.Empty, e);
        }
    }

    private sealed record Decoded(byte[] Pixels, string Sha256, DataException? Fault);
}
