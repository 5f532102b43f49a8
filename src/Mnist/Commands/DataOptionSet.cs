using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Data;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--data and all that is said of it, the same for every command that needs data.</summary>
internal sealed class DataOptionSet
{
    /// <summary>What the option for the data itself is called.</summary>
    public const string Name = "--data";

    private const int MostPixels = 4096;

    private readonly Option<string?> _data = new(Name)
    {
        Description =
            "The data set, recognised by its content: "
            + $"{string.Join("; ", DataFiles.Formats.Select(format => format.Expected))}. "
            + "[default: a run's own where a run is given, else data/mnist, here or beside the program]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _format = Choice.Optional(
        "--data-format",
        "What the data is, where the guess is wrong. [default: guessed from its content]",
        [.. DataFiles.Formats.Select(format => format.Name)]);

    private readonly Option<string?> _testData = Text("--test-data", "PATH", "Test samples in the same form, where the data has none of its own.");
    private readonly Option<string?> _labels = Text("--labels", "FILE.npy", "The labels, or real targets, of an array of samples that is a file of its own.");
    private readonly Option<string?> _label = Text("--label", "COLUMN", "The column that is the class; of CIFAR-100 fine or coarse.");
    private readonly Option<string?> _target = Text("--target", "COLUMNS", "Columns of a table that are real targets, with commas between them.");
    private readonly Option<ImageSize?> _resize = new("--resize")
    {
        Description = "Bring every image of a folder or of a table to this height and width.",
        HelpName = "H,W",
        CustomParser = ParseSize,
    };

    private readonly Option<int?> _channels = ChannelsOption();

    private readonly Option<bool> _channelsFirst = new("--channels-first") { Description = "Images in colour are [channels, rows, columns]." };
    private readonly Option<bool> _channelsLast = new("--channels-last") { Description = "Images in colour are [rows, columns, channels]." };
    private readonly Option<Choice<TableElements>?> _elements = Choice.Optional<TableElements>(
        "--elements", "What the columns of a table are: the pixels of an image, or numbers. [default: guessed]", ChoiceNames.Of);

    private readonly Option<bool> _transposed = new("--transposed") { Description = "Rows and columns of the images are exchanged, as in EMNIST." };
    private readonly Option<int?> _classes = NumberOption.Optional<int>(
        "--classes", "Number of classes, where the data shows fewer.", NumberRanges.Count);

    /// <summary>All of them.</summary>
    public ImmutableArray<Option> All
        => [_data, _format, _testData, _labels, _label, _target, _resize, _channels, _channelsFirst, _channelsLast, _elements, _transposed, _classes];

    /// <summary>What was asked; where nothing was, a run's data, or the usual data.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="run">The folder of a run whose model it is for; null, or any other folder or file, where there is none.</param>
    /// <exception cref="OptionException">Channels are said to be first and last, or something is said of data that is the run's.</exception>
    /// <exception cref="DataException">The run's result cannot be read.</exception>
    public DataRequest Read(ParseResult parsed, string? run)
    {
        if (parsed.GetValue(_data) is { } path)
            return new(path, Said(parsed));
        if (run is null || !RunWeights.IsRun(run) || RunData.In(run) is not { } recorded)
            return new(DataFolders.Default(), Said(parsed));
        return All.FirstOrDefault(option => GlobalOptions.IsGiven(parsed, option)) is { } given
            ? throw new OptionException(
                $"{given.Name} says something of data that is given, but the data is that of the run in {run}, which says all of it; leave it out, "
                + "or give the data as well with --data.")
            : recorded;
    }

    private DataOptions Said(ParseResult parsed) => new()
    {
        Format = parsed.GetValue(_format),
        TestPath = parsed.GetValue(_testData),
        LabelsPath = parsed.GetValue(_labels),
        LabelColumn = parsed.GetValue(_label),
        TargetColumns = [.. parsed.GetValue(_target)?.Split(',', StringSplitOptions.TrimEntries) ?? []],
        Resize = parsed.GetValue(_resize),
        Channels = parsed.GetValue(_channels),
        ChannelOrder = OrderOf(parsed.GetValue(_channelsFirst), parsed.GetValue(_channelsLast)),
        Elements = parsed.GetValue(_elements)?.Value,
        Transposed = parsed.GetValue(_transposed),
        Classes = parsed.GetValue(_classes),
    };

    private static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    private static Option<int?> ChannelsOption()
    {
        var option = new Option<int?>("--channels")
        {
            Description = "1 for grey images, 3 for images in colour. [default: as they are]",
            HelpName = "1|3",
            CustomParser = ParseChannels,
        };
        option.CompletionSources.Add("1", "3");
        return option;
    }

    private static int? ParseChannels(ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        if (word is "1" or "3")
            return word[0] - '0';
        result.AddError($"--channels must be 1 for grey images or 3 for images in colour; got '{word}'.");
        return null;
    }

    private static ChannelOrder? OrderOf(bool first, bool last) => (first, last) switch
    {
        (true, true) => throw new OptionException("--channels-first and --channels-last contradict each other; give one of them."),
        (true, _) => ChannelOrder.First,
        (_, true) => ChannelOrder.Last,
        _ => null,
    };

    private static ImageSize? ParseSize(ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        if (word.Split(',') is [var height, var width] && Number.TryRead(height, out int rows) && Number.TryRead(width, out int columns)
            && Math.Min(rows, columns) >= 1 && Math.Max(rows, columns) <= MostPixels)
        {
            return new(rows, columns);
        }

        result.AddError($"--resize must be H,W: two whole numbers from 1 to {MostPixels}, as in 32,32; got '{word}'.");
        return null;
    }
}
