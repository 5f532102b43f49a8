using BasinVolume.Data.Formats;
using BasinVolume.Data.PictureSets;
using BasinVolume.Data.Samples;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>Parquet files that were opened: labels are read, pictures are not.</summary>
/// <param name="trainingPart">Files of training samples.</param>
/// <param name="testPart">Files of test samples; null for none.</param>
/// <param name="form">The form of the pictures.</param>
internal sealed class ParquetSource(ParquetPart trainingPart, ParquetPart? testPart, ImageForm form) : DataSource
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        trainingPart.Read(form, training);
        string[] files = trainingPart.Files;
        if (test is not null)
        {
            testPart!.Read(form, test);
            files = [.. files, .. testPart.Files];
        }

        return files.ToDictionary(file => System.IO.Path.GetFileName(file), FileHash.Of, StringComparer.Ordinal);
    }
}
