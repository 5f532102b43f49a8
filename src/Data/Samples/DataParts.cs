using BasinVolume.Data.Normalizing;

namespace BasinVolume.Data.Samples;

/// <summary>What was read of a data set: the training samples that are used, and the test samples.</summary>
/// <param name="Format">The name of the form that it was read in.</param>
/// <param name="Training">The training samples.</param>
/// <param name="Test">The test samples; null if there are none.</param>
/// <param name="Sha256">Per file, by its name without <c>.gz</c>: SHA-256 of the uncompressed bytes, 64 lower-case hexadecimal digits.</param>
public sealed record DataParts(string Format, Dataset Training, Dataset? Test, IReadOnlyDictionary<string, string> Sha256)
{
    /// <summary>Format, training and test samples, for a person.</summary>
    public override string ToString() => $"{Format}: {Training}{(Test is null ? string.Empty : $", and {Test.Count} for tests")}";

    /// <summary>What was done to the samples as they are in the files, for a person; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Levels of all training images, used or not, where elements are pixels.</summary>
    public LevelCounts? Levels { get; init; }

    /// <summary>How the elements of both became inputs.</summary>
    public InputChoice Inputs { get; init; } = InputChoice.Usual;

    /// <summary>The same samples whose elements become inputs in a way that was chosen.</summary>
    public DataParts With(InputChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return this with { Training = Training.With(choice.Used), Test = Test?.With(choice.Used), Inputs = choice };
    }
}
