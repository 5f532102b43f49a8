using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What was said of the data, so that it can be read again; null for what was not said.</summary>
public sealed record DataOptionsRecord
{
    /// <summary><c>--data-format</c></summary>
    public string? Format { get; init; }

    /// <summary><c>--test-data</c>, the whole path.</summary>
    public string? TestData { get; init; }

    /// <summary><c>--labels</c>, the whole path.</summary>
    public string? Labels { get; init; }

    /// <summary><c>--label</c></summary>
    public string? Label { get; init; }

    /// <summary><c>--target</c></summary>
    public ImmutableArray<string>? Target { get; init => field = Elements.Known(value); }

    /// <summary><c>--resize</c>: rows and columns.</summary>
    public ImmutableArray<int>? Resize { get; init; }

    /// <summary><c>--channels</c></summary>
    public int? Channels { get; init; }

    /// <summary><c>first</c> for <c>--channels-first</c>, <c>last</c> for <c>--channels-last</c></summary>
    public string? ChannelOrder { get; init; }

    /// <summary><c>--elements</c>: <c>pixels</c> or <c>numbers</c></summary>
    public string? ElementKind { get; init; }

    /// <summary><c>--transposed</c></summary>
    public bool? Transposed { get; init; }

    /// <summary><c>--classes</c></summary>
    public int? Classes { get; init; }

    /// <summary>Those that were said, as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Rows() => new (string Name, string Value)[]
    {
        ("data format", Cell.Of(Format)),
        ("test data", Cell.Of(TestData)),
        ("labels", Cell.Of(Labels)),
        ("label", Cell.Of(Label)),
        ("target", Target is { } columns ? string.Join(", ", columns) : Cell.Nothing),
        ("resize", Resize is { } size ? string.Join(" x ", size) : Cell.Nothing),
        ("channels", Cell.Of(Channels)),
        ("channel order", Cell.Of(ChannelOrder)),
        ("elements", Cell.Of(ElementKind)),
        ("transposed", Transposed == true ? "yes" : Cell.Nothing),
        ("number of classes", Cell.Of(Classes)),
    }.Where(row => row.Value != Cell.Nothing);
}
