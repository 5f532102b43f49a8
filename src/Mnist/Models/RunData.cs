using System.Collections.Frozen;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Models;

/// <summary>The data of a run, between what was asked and what its result says of it.</summary>
internal static class RunData
{
    /// <summary>What the result says of what was said of the data.</summary>
    public static DataOptionsRecord Of(DataOptions options) => new()
    {
        Format = options.Format,
        TestData = FullPath(options.TestPath),
        Labels = FullPath(options.LabelsPath),
        Label = options.LabelColumn,
        Target = options.TargetColumns.IsEmpty ? null : options.TargetColumns,
        Resize = options.Resize is { } size ? [size.Height, size.Width] : null,
        Channels = options.Channels,
        ChannelOrder = options.ChannelOrder is { } order ? ChoiceNames.Of(order) : null,
        ElementKind = options.Elements is { } elements ? ChoiceNames.Of(elements) : null,
        Transposed = options.Transposed ? true : null,
        Classes = options.Classes,
    };

    /// <summary>The data that a run read, with the demand that it is still what it was; null where the run does not say.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="DataException">Its result cannot be read, or says what cannot be.</exception>
    public static DataRequest? In(string folder)
    {
        var run = RunModels.Read(folder, "a finished run");
        if (run.Record is not { Options.Data: { } said, Data: { Path: { } path } data })
            return null;
        return new(path, new DataOptions
        {
            Format = data.Format,
            TestPath = said.TestData,
            LabelsPath = said.Labels,
            LabelColumn = said.Label,
            TargetColumns = said.Target ?? [],
            Resize = said.Resize is { } size ? SizeOf(run, size.AsSpan()) : null,
            Channels = said.Channels,
            ChannelOrder = Chosen<ChannelOrder>(run, "channel_order", said.ChannelOrder, ChoiceNames.Of),
            Elements = Chosen<TableElements>(run, "element_kind", said.ElementKind, ChoiceNames.Of),
            Transposed = said.Transposed ?? false,
            Classes = said.Classes,
        })
        {
            Recorded = new(folder, data.IndicesSha256, data.Sha256 ?? FrozenDictionary<string, string>.Empty),
        };
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static ImageSize SizeOf(RunModels run, ReadOnlySpan<int> size)
        => size is [>= 1 and var rows, >= 1 and var columns] ? new(rows, columns) : throw run.Fault("its option resize has not two numbers from 1");

    private static T? Chosen<T>(RunModels run, string key, string? name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        if (name is null)
            return null;
        T[] values = Enum.GetValues<T>();
        int index = Array.FindIndex(values, value => nameOf(value) == name);
        return index >= 0 ? values[index] : throw run.Fault($"its option {key} is '{Printable.Name(name)}'");
    }
}
