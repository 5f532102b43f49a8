using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Formats;

/// <summary>Training samples from one place and test samples from another.</summary>
internal sealed class JoinedSource : DataSource
{
    private readonly DataSource _training;
    private readonly DataSource _test;

    private JoinedSource(DataSource training, DataSource test) => (_training, _test) = (training, test);

    /// <summary>Joins two sets.</summary>
    /// <exception cref="DataException">Their samples differ in shape or in what they are.</exception>
    public static DataSource Of(DataSource training, DataSource test)
    {
        if (!test.Layout.Shape.Equals(training.Layout.Shape) || test.Layout.Elements != training.Layout.Elements
            || test.Layout.LabelsPerSample != training.Layout.LabelsPerSample || !test.Layout.Targets.SequenceEqual(training.Layout.Targets))
        {
            throw new DataException(
                $"The test samples of {test.Path} are {test.Layout.Said}, but the training samples of {training.Path} are {training.Layout.Said}; "
                + $"give test data of the same form with --test-data.");
        }

        return new JoinedSource(training, test)
        {
            Format = training.Format,
            Path = training.Path,
            Layout = training.Layout,
            TrainingCount = training.TrainingCount,
            TestCount = test.TrainingCount,
            Note = training.Note,
        };
    }

    /// <inheritdoc/>
    protected internal override string? HashOfRead => _training.HashOfRead;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        var sha256 = new Dictionary<string, string>(_training.Read(training, test: null));
        if (test is null)
            return sha256;
        foreach ((string file, string hash) in _test.Read(test, test: null))
            sha256[sha256.ContainsKey(file) ? $"test data: {file}" : file] = hash;
        return sha256;
    }
}
