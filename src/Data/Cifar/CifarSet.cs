using System.Collections.Immutable;

namespace BasinVolume.Data.Cifar;

/// <summary>One of the forms in which CIFAR's sets are published.</summary>
/// <param name="Name">What it is called, for a person.</param>
/// <param name="Folder">The folder that its archive has.</param>
/// <param name="Training">The name of the training samples' file; of several, what comes before their number.</param>
/// <param name="Extension">How names of files with samples end.</param>
/// <param name="Test">The name of the test samples' file.</param>
/// <param name="HasParts">Whether there are several files of training samples, numbered from 1.</param>
/// <param name="IsPickled">Whether files are pickles rather than records.</param>
/// <param name="Labels">Its labels; the first is the usual one.</param>
internal sealed record CifarSet(
    string Name, string Folder, string Training, string Extension, string Test, bool HasParts, bool IsPickled, ImmutableArray<CifarLabel> Labels)
{
    private static readonly CifarSet Binary10 = new(
        "CIFAR-10", "cifar-10-batches-bin", "data_batch_", ".bin", "test_batch", HasParts: true, IsPickled: false,
        [new("label", "batches.meta.txt", string.Empty, string.Empty, 10, 0)]);

    private static readonly CifarSet Pickled10 = new(
        "CIFAR-10", "cifar-10-batches-py", "data_batch_", string.Empty, "test_batch", HasParts: true, IsPickled: true,
        [new("label", "batches.meta", "labels", "label_names", 10, 0)]);

    // A record has the coarse label first.
    private static readonly CifarSet Binary100 = new(
        "CIFAR-100", "cifar-100-binary", "train", ".bin", "test", HasParts: false, IsPickled: false,
        [new("fine", "fine_label_names.txt", string.Empty, string.Empty, 100, 1), new("coarse", "coarse_label_names.txt", string.Empty, string.Empty, 20, 0)]);

    private static readonly CifarSet Pickled100 = new(
        "CIFAR-100", "cifar-100-python", "train", string.Empty, "test", HasParts: false, IsPickled: true,
        [new("fine", "meta", "fine_labels", "fine_label_names", 100, 0), new("coarse", "meta", "coarse_labels", "coarse_label_names", 20, 0)]);

    /// <summary>All of them; where a folder has one of records and one of pickles, the first is read.</summary>
    public static ImmutableArray<CifarSet> All { get; } = [Binary10, Pickled10, Binary100, Pickled100];

    /// <summary>Bytes before the image in a record.</summary>
    public int LabelBytes => Labels.Length;

    /// <summary>The set of some files; null if they are none.</summary>
    /// <param name="names">What the files are called.</param>
    public static CifarSet? Of(IReadOnlyCollection<string> names) => All.FirstOrDefault(set => set.IsIn(names));

    /// <summary>The name of a file of training samples.</summary>
    /// <param name="part">Its number, from 1.</param>
    public string TrainingFile(int part) => HasParts ? FormattableString.Invariant($"{Training}{part}{Extension}") : Training + Extension;

    /// <summary>The name of the file of test samples.</summary>
    public string TestFile => Test + Extension;

    /// <summary>The number of a file of training samples; 0 if it is none.</summary>
    public int PartOf(string name)
    {
        if (!HasParts)
            return name == Training + Extension ? 1 : 0;
        return name.StartsWith(Training, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Training.Length, Math.Max(0, name.Length - Training.Length - Extension.Length)), out int part)
            && name == TrainingFile(part) ? part : 0;
    }

    // `train` and `test` alone may be anything; with them stand the names of the classes.
    private bool IsIn(IReadOnlyCollection<string> names)
        => names.Any(name => PartOf(name) > 0) && (HasParts || Extension.Length > 0 || names.Contains(Labels[0].NamesFile));
}

/// <summary>A label of a set.</summary>
/// <param name="Name">What it is called: label, fine, coarse.</param>
/// <param name="NamesFile">The file that has the names of its classes.</param>
/// <param name="Key">Where a pickle of samples has it.</param>
/// <param name="NamesKey">Where a pickle of names has its classes.</param>
/// <param name="Classes">How many classes there are where the file with their names is missing.</param>
/// <param name="Place">Its byte in a record.</param>
internal sealed record CifarLabel(string Name, string NamesFile, string Key, string NamesKey, int Classes, int Place);
