using System.Collections.Immutable;

namespace BasinVolume.Data.Arrays;

/// <summary>What the arrays of a data set are called.</summary>
/// <param name="Samples">The training samples.</param>
/// <param name="Labels">Their labels or targets.</param>
/// <param name="TestSamples">The test samples.</param>
/// <param name="TestLabels">Their labels or targets.</param>
internal sealed record ArrayNames(string Samples, string Labels, string TestSamples, string TestLabels)
{
    /// <summary>All that are known, capitals or not; a new one is a line here.</summary>
    public static ImmutableArray<ArrayNames> All { get; } =
    [
        new("x_train", "y_train", "x_test", "y_test"),
        new("x", "y", "x_test", "y_test"),
        new("train_images", "train_labels", "test_images", "test_labels"),
    ];

    /// <summary>What is looked for, for messages.</summary>
    public static string Expected => "x and y, or x_train, y_train, x_test, y_test";

    /// <summary>The names of a set of arrays, as they are spelled there; null where there are no samples.</summary>
    /// <param name="names">What its arrays are called.</param>
    public static ArrayNames? In(IReadOnlyList<string> names)
    {
        ArrayNames? known = All.FirstOrDefault(one => Spelled(names, one.Samples) is not null);
        return known is null ? null : new(
            Spelled(names, known.Samples)!,
            Spelled(names, known.Labels) ?? known.Labels,
            Spelled(names, known.TestSamples) ?? known.TestSamples,
            Spelled(names, known.TestLabels) ?? known.TestLabels);
    }

    private static string? Spelled(IEnumerable<string> names, string name) => names.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
}
