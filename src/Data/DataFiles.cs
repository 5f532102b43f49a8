using System.Collections.Immutable;
using BasinVolume.Data.Arrays;
using BasinVolume.Data.Cifar;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Idx;
using BasinVolume.Data.Images;
using BasinVolume.Data.ParquetFiles;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tables;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data;

/// <summary>From a path to a data set: what is there is recognised by its content, and read as a stream.</summary>
public static class DataFiles
{
    /// <summary>All formats, in the order in which they are tried. A new one is a line here.</summary>
    public static ImmutableArray<DataFormat> Formats { get; } =
    [
        new IdxFormat(),
        new CifarFormat(),
        new ArrayFormat(),
        new ParquetFormat(),
        new ImageFormat(),
        new TableFormat(),
    ];

    /// <summary>Opens a data set: all is known of it then but its samples.</summary>
    /// <param name="request">A file or folder, and what is said of it.</param>
    /// <exception cref="DataException">Nothing is there, or it is damaged, or of no form that is known.</exception>
    /// <exception cref="DataOptionException">An option is given that its format does not use.</exception>
    public static DataSource Open(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        DataSource source = Opened(request);
        source.Recorded = request.Recorded;
        return source;
    }

    /// <summary>Reads a data set whole.</summary>
    /// <param name="path">A file or folder.</param>
    /// <inheritdoc cref="Open" path="/exception"/>
    /// <example>
    /// <code>
    /// Npz.Write&lt;double&gt;("data.npz", [new("x", [8, 2]), new("y", [8, 1])], [.. points.Values, .. labels]);
    /// DataParts data = DataFiles.Load("data.npz");
    /// DatasetSamples training = DatasetSamples.All(data.Training);
    /// </code>
    /// </example>
    public static DataParts Load(string path) => Open(new(path, DataOptions.None)).Load();

    /// <summary>What the formats are called.</summary>
    public static string Names => string.Join(", ", Formats.Select(format => format.Name));

    private static DataSource Opened(DataRequest request)
    {
        (string path, DataOptions options) = request;
        CheckIsThere(path, request.Recorded);
        DataFormat format = FormatOf(path, options);
        if (DataOption.All.FirstOrDefault(option => option.IsGiven(options) && !format.Options.Contains(option)) is { } unused)
            throw new DataOptionException(
                $"{unused.Name} says nothing about {path}, which is read as {format.Name}: {format.Expected}; "
                + $"leave it out, or say with --data-format what the data is ({Names}).");
        DataSource source = format.Open(request);
        if (options.TestPath is not { } testPath)
            return source;
        if (source.TestCount > 0)
            throw new DataOptionException(
                $"{path} has {source.TestCount} test samples of its own, so that --test-data {testPath} is one too many; leave it out.");
        CheckIsThere(testPath, request.Recorded);
        return JoinedSource.Of(source, format.Open(new(testPath, options) { Training = source.Layout }));
    }

    private static DataFormat FormatOf(string path, DataOptions options)
    {
        if (options.Format is { } name)
            return Formats.FirstOrDefault(format => format.Name == name)
                ?? throw new DataOptionException(
                    $"There is no format '{Printable.Name(name)}' of data: expected one of {Names}; give one of these with --data-format.");
        try
        {
            return Formats.FirstOrDefault(format => format.Recognises(path)) ?? throw new DataException(
                $"{path} is no data that is known: expected {string.Join("; or ", Formats.Select(format => format.Expected))}; "
                + $"give such data, or say with --data-format which of {Names} it is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give data that exists and that you may read.", e);
        }
    }

    private static void CheckIsThere(string path, RecordedData? recorded)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Path.Exists(path))
            throw new DataException(recorded?.Missing(path) ?? $"There is no folder {path}, and no file of that name either; give one that holds data.");
    }
}
