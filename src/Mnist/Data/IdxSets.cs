using System.Collections.Immutable;

namespace BasinVolume.Mnist.Data;

/// <summary>How a family of data sets in MNIST's form names its test images, and how many columns its labels have.</summary>
/// <param name="Name">What the family is called.</param>
/// <param name="TestPart">What stands in the names of its test files.</param>
/// <param name="LabelColumns">Columns of a label, of which the first is the class.</param>
internal sealed record IdxSet(string Name, string TestPart, int LabelColumns = 1);

/// <summary>The families that are known. A new one is a line here.</summary>
internal static class IdxSets
{
    /// <summary>What training files are called in all of them.</summary>
    public const string Training = "train";

    /// <summary>All of them, the likeliest first. QMNIST has MNIST's 10,000 test images, all 60,000, and the 50,000 that MNIST has not.</summary>
    public static ImmutableArray<IdxSet> All { get; } =
    [
        new("MNIST, Fashion-MNIST", "t10k"),
        new("QMNIST", "test10k", LabelColumns: 8),
        new("EMNIST, and QMNIST whole", "test", LabelColumns: 8),
        new("QMNIST without MNIST's", "test50k", LabelColumns: 8),
    ];

    /// <summary>What stands in the names of files: the parts of all families, the longest first.</summary>
    public static ImmutableArray<string> Parts { get; } = [Training, .. All.Select(set => set.TestPart).OrderByDescending(part => part.Length)];
}
