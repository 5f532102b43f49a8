using BasinVolume.Data.Formats;
using BasinVolume.Data.Pictures;
using BasinVolume.Data.PictureSets;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Images;

/// <summary>A folder of images that was opened: names and headers are known.</summary>
/// <param name="trainingFiles">The training images.</param>
/// <param name="testFiles">The test images; none perhaps.</param>
/// <param name="form">The form that all have.</param>
internal sealed class ImageSource(ImageFile[] trainingFiles, ImageFile[] testFiles, ImageForm form) : DataSource
{
    private const string TrainingName = "images";

    /// <inheritdoc/>
    protected internal override string? HashOfRead => TrainingName;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        var sha256 = new Dictionary<string, string>(StringComparer.Ordinal) { [TrainingName] = Read(trainingFiles, training) };
        if (test is not null)
            sha256.Add("test images", Read(testFiles, test));
        return sha256;
    }

    private string Read(ImageFile[] files, SampleKeeper keeper)
    {
        using var hash = new PictureHash();
        IEnumerable<PictureSample> wanted = Enumerable.Range(0, files.Length).Where(keeper.Wants).Select(index => SampleOf(index, files[index]));
        PictureSamples.Put(wanted, form, keeper, (sample, content) => hash.Add(sample.Name, content));
        return hash.Finish();
    }

    private static PictureSample SampleOf(int index, ImageFile file)
        => new(index, file.Class, file.Name, file.Path, () => ReadFaults.Explained(file.Path, () => InputFile.ReadAll(file.Path, PictureReader.MostBytes)));
}
