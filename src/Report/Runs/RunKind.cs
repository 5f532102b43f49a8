using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Runs;

/// <summary>
/// What kind of job leaves a folder: what its log and its result are called, and the record that the result is.
/// Jobs of different kinds may use the same folder: each has a log and a result of its own.
/// A new kind is a record that says of itself what is to be shown, and a line here.
/// </summary>
public sealed class RunKind
{
    private readonly Func<byte[], IRunRecord?> _read;
    private readonly Action<Stream, IRunRecord> _write;
    private readonly Func<JsonTypeInfo> _type;

    private RunKind(string logName, string resultName, Func<byte[], IRunRecord?> read, Action<Stream, IRunRecord> write, Func<JsonTypeInfo> type)
        => (LogName, ResultName, _read, _write, _type) = (logName, resultName, read, write, type);

    /// <summary>What its log is called.</summary>
    public string LogName { get; }

    /// <summary>What its result is called.</summary>
    public string ResultName { get; }

    /// <summary>Jobs whose folder holds models: notebook, hessian, train.</summary>
    public static RunKind Models { get; } = Of("run.log", "result.json", () => RunJson.Default.ResultRecord);

    /// <summary>Curvature by products, of one model.</summary>
    public static RunKind Curvature { get; } = Of("curvature.log", "curvature.json", () => RunJson.Default.ResultRecord);

    /// <summary>The spectrum of a matrix.</summary>
    public static RunKind Spectrum { get; } = Of("spectrum.log", "spectrum.json", () => RunJson.Default.SpectrumRunRecord);

    /// <summary>The loss along directions and over a plane.</summary>
    public static RunKind Landscape { get; } = Of("landscape.log", "landscape.json", () => RunJson.Default.LandscapeRecord);

    /// <summary>The volumes of a basin.</summary>
    public static RunKind Volume { get; } = Of("volume.log", "volume.json", () => RunJson.Default.VolumeRecord);

    /// <summary>A part of a result, which others are to be added to: no run, so that no page shows it.</summary>
    public static RunKind Part { get; } = Of("part.log", "part.json", () => RunJson.Default.PartRecord);

    /// <summary>Those whose folder holds models; where several are in one, the first is taken, for they are of the same models.</summary>
    public static IReadOnlyList<RunKind> OfModels { get; } = [Models, Curvature];

    /// <summary>Those that a page shows, in its order.</summary>
    public static IReadOnlyList<RunKind> OnPages { get; } = [Models, Curvature, Spectrum, Volume, Landscape];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RunKind> All { get; } = [.. OnPages, Part];

    /// <summary>Puts together what writing and reading such a result needs, before there is one: it takes a tenth of a second, once.</summary>
    public void Prepare() => _type().MakeReadOnly();

    /// <summary>The record of a result.</summary>
    /// <param name="json">The result.</param>
    /// <returns>The record; null if the result is the word null.</returns>
    /// <exception cref="JsonException">It is not the result of such a run.</exception>
    internal IRunRecord? Read(byte[] json) => _read(json);

    /// <summary>Writes a record.</summary>
    internal void Write(Stream stream, IRunRecord record) => _write(stream, record);

    // What is known of a record's type is put together when it is asked for, since a run needs that of its own kind alone.
    private static RunKind Of<TRecord>(string logName, string resultName, Func<JsonTypeInfo<TRecord>> type)
        where TRecord : class, IRunRecord
        => new(
            logName,
            resultName,
            json => JsonSerializer.Deserialize(json, type()),
            (stream, record) => JsonSerializer.Serialize(stream, (TRecord)record, type()),
            type);
}
