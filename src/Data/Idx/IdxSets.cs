using System.Collections.Immutable;

namespace BasinVolume.Data.Idx;

/// <summary>How a family of data sets in MNIST's form names its files, and what its labels are.</summary>
/// <param name="Name">What the family is called.</param>
/// <param name="TestPart">What stands in the names of its test files.</param>
/// <param name="LabelColumns">Columns of a label, of which the first is the class.</param>
/// <param name="Prefix">What the names of its files begin with; empty for anything.</param>
/// <param name="Classes">The number of classes that it has at least.</param>
internal sealed record IdxSet(string Name, string TestPart, int LabelColumns = 1, string Prefix = "", int Classes = 10)
{
    /// <summary>Whether the first class is 1 where no image has 0.</summary>
    public bool CountsFromOne { get; init; }
}

/// <summary>The families that are known. A new one is a line here.</summary>
internal static class IdxSets
{
    /// <summary>What training files are called in all of them.</summary>
    public const string Training = "train";

    /// <summary>All of them, the likeliest first. QMNIST has MNIST's 10,000 test images, all 60,000, and the 50,000 that MNIST has not.</summary>
    public static ImmutableArray<IdxSet> All { get; } =
    [
        new("EMNIST letters", "test", Prefix: "emnist-letters-", Classes: 26) { CountsFromOne = true },
        new("EMNIST balanced", "test", Prefix: "emnist-balanced-", Classes: 47),
        new("EMNIST by merged classes", "test", Prefix: "emnist-bymerge-", Classes: 47),
        new("EMNIST by classes", "test", Prefix: "emnist-byclass-", Classes: 62),
        new("MNIST, Fashion-MNIST", "t10k"),
        new("QMNIST", "test10k", LabelColumns: 8),
        new("EMNIST, and QMNIST whole", "test", LabelColumns: 8),
        new("QMNIST without MNIST's", "test50k", LabelColumns: 8),
    ];

    /// <summary>What stands in the names of files: the parts of all families, the longest first.</summary>
    public static ImmutableArray<string> Parts { get; } = [Training, .. All.Select(set => set.TestPart).Distinct().OrderByDescending(part => part.Length)];

    /// <summary>The family of a folder's files; the first where none fits.</summary>
    /// <param name="set">What stands before the part in their names.</param>
    /// <param name="names">Their names.</param>
    public static IdxSet Of(string set, IdxName[] names)
        => All.FirstOrDefault(one => set.StartsWith(one.Prefix, StringComparison.Ordinal) && names.Any(name => name.Part == one.TestPart))
            ?? All.First(one => one.Prefix.Length == 0);
}
