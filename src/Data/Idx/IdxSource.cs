using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;

namespace BasinVolume.Data.Idx;

/// <summary>Four IDX files that were opened.</summary>
/// <param name="trainingPart">Training images and labels.</param>
/// <param name="testPart">Test images and labels.</param>
/// <param name="transposed">Whether rows and columns are exchanged.</param>
internal sealed class IdxSource(IdxPart trainingPart, IdxPart testPart, bool transposed) : DataSource
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        Task<KeyValuePair<string, string>[]> first = Task.Run(() => trainingPart.Read(training, transposed));
        Task<KeyValuePair<string, string>[]> second = Task.Run(() => test is null ? [] : testPart.Read(test, transposed));
        // Waits for both even if one fails, and throws what the first to fail in this order threw, not an AggregateException around it.
        KeyValuePair<string, string>[][] read = Task.WhenAll(first, second).GetAwaiter().GetResult();
        return read.SelectMany(files => files).ToDictionary();
    }
}
