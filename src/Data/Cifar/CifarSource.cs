using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Interop.Pickles;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Cifar;

/// <summary>CIFAR's files that were opened.</summary>
internal sealed class CifarSource : DataSource
{
    private const int MostNamesBytes = 1 << 16;

    private readonly CifarFiles _files;
    private readonly IntegerClasses _classes;
    private readonly Dictionary<string, (CifarBatch Batch, int First, bool IsTest)> _batches;
    private readonly KeyValuePair<string, string>? _names;

    private CifarSource(
        CifarFiles files,
        IntegerClasses classes,
        Dictionary<string, (CifarBatch Batch, int First, bool IsTest)> batches,
        KeyValuePair<string, string>? names)
        => (_files, _classes, _batches, _names) = (files, classes, batches, names);

    /// <summary>Opens a set.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="path">The folder with the files, or the archive.</param>
    /// <exception cref="DataException">Files are missing or damaged.</exception>
    /// <exception cref="DataOptionException">The set has no such label.</exception>
    public static DataSource Open(DataRequest request, string path)
    {
        var files = CifarFiles.At(path);
        CifarSet set = SetOf(path, files);
        CifarLabel label = LabelOf(set, request);
        (Dictionary<string, CifarBatch> batches, CifarNames? names) = Look(files, set, label, path);
        int parts = Parts(set, batches, path);
        var places = new Dictionary<string, (CifarBatch Batch, int First, bool IsTest)>(StringComparer.Ordinal);
        int count = 0;
        for (int part = 1; part <= parts; part++)
        {
            CifarBatch batch = batches[set.TrainingFile(part)];
            places[set.TrainingFile(part)] = (batch, count, false);
            count = checked(count + batch.Count);
        }

        if (batches.TryGetValue(set.TestFile, out CifarBatch? test))
            places[set.TestFile] = (test, 0, true);
        ImmutableArray<string> classes = names?.Names ?? IntegerClasses.Numbered(0, label.Classes).Names;
        CheckClasses(request, classes);
        return new CifarSource(files, new(classes, First: 0), places, names is null ? null : new(label.NamesFile, names.Sha256))
        {
            Format = "cifar",
            Path = request.Path,
            Layout = new(new Shape(CifarBatch.Channels, CifarBatch.Side, CifarBatch.Side), ElementKind.Pixels) { Classes = classes },
            TrainingCount = count,
            TestCount = test?.Count ?? 0,
            Note = NoteOf(set, label, names, test),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        var sha256 = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (_names is { } names)
            sha256.Add(names.Key, names.Value);
        return ReadFaults.Explained(Path, () =>
        {
            _files.Visit(file =>
            {
                if (_batches.TryGetValue(file.Name, out (CifarBatch Batch, int First, bool IsTest) place) && (place.IsTest ? test : training) is { } keeper)
                    sha256[file.Name] = place.Batch.Read(file, place.First, _classes, keeper);
            });
            return _batches.FirstOrDefault(batch => !sha256.ContainsKey(batch.Key) && (!batch.Value.IsTest || test is not null)) is { Key: { } missing }
                ? throw new DataException($"{Path} had {missing} when it was opened and has it no more; leave it as it is while it is read.")
                : sha256;
        });
    }

    private static CifarSet SetOf(string path, CifarFiles files)
    {
        var names = new List<string>();
        files.Visit(file => names.Add(file.Name));
        return CifarSet.Of(names) ?? throw new DataException(
            $"{path} has no training samples of CIFAR-10 or CIFAR-100: expected {CifarFormat.FilesExpected}; give the folder that has them, or the archive.");
    }

    private static CifarLabel LabelOf(CifarSet set, DataRequest request)
    {
        if (request.Options.LabelColumn is not { } name)
            return set.Labels[0];
        return set.Labels.FirstOrDefault(label => label.Name == name) ?? throw new DataOptionException(
            $"{request.Path} is {set.Name} and has no label '{Printable.Name(name)}': expected {string.Join(" or ", set.Labels.Select(label => label.Name))}; "
            + $"give that with --label, or leave it out.");
    }

    private static (Dictionary<string, CifarBatch> Batches, CifarNames? Names) Look(CifarFiles files, CifarSet set, CifarLabel label, string path)
    {
        var batches = new Dictionary<string, CifarBatch>(StringComparer.Ordinal);
        CifarNames? names = null;
        files.Visit(file =>
        {
            if (batches.ContainsKey(file.Name) || (names is not null && file.Name == label.NamesFile))
                throw new DataException($"{path} has two files {file.Name}; leave one of them.");
            if (file.Name == label.NamesFile)
                names = CifarNames.Of(file, set, label);
            else if (set.PartOf(file.Name) > 0 || file.Name == set.TestFile)
                batches.Add(file.Name, CifarBatch.Open(file, set, label));
        });
        return (batches, names);
    }

    private static int Parts(CifarSet set, Dictionary<string, CifarBatch> batches, string path)
    {
        int parts = batches.Keys.Max(set.PartOf);
        for (int part = 1; part < parts; part++)
        {
            if (!batches.ContainsKey(set.TrainingFile(part)))
                throw new DataException($"{path} has {set.TrainingFile(parts)} but no {set.TrainingFile(part)}; add it, or fetch the set again.");
        }

        return parts;
    }

    private static void CheckClasses(DataRequest request, ImmutableArray<string> classes)
    {
        if (request.Training is { } training && !training.Classes.SequenceEqual(classes))
            throw new DataException(
                $"{request.Path} has the classes {Printable.List(classes)}, but those of the training samples are {Printable.List(training.Classes)}; "
                + $"give test data of the same classes.");
    }

    private static string? NoteOf(CifarSet set, CifarLabel label, CifarNames? names, CifarBatch? test)
    {
        string[] notes =
        [
            .. set.Labels.Length > 1 ? [$"{label.Name} labels"] : Array.Empty<string>(),
            .. names is null ? [$"no {label.NamesFile}, so that classes are called by their numbers"] : Array.Empty<string>(),
            .. test is null ? [$"no {set.TestFile}, so that there are no test images"] : Array.Empty<string>(),
        ];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }

    /// <summary>The names of classes.</summary>
    /// <param name="Names">They, in the order of the labels.</param>
    /// <param name="Sha256">Of the file that they are from.</param>
    private sealed record CifarNames(ImmutableArray<string> Names, string Sha256)
    {
        /// <summary>Reads them: a line each, or a list in a pickle.</summary>
        public static CifarNames Of(CifarFile file, CifarSet set, CifarLabel label)
        {
            if (file.Length > MostNamesBytes)
                throw new DataException($"{file.Source} has {file.Length} bytes, expected names of classes in at most {MostNamesBytes}; fetch it again.");
            var content = new byte[file.Length];
            file.Content.ReadExactly(content);
            string[] names = set.IsPickled
                ? PickledItems.Read(new MemoryStream(content, writable: false), content.Length, file.Source).Texts(label.NamesKey)
                : [.. Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            return names.Length > 0 && names.Distinct(StringComparer.Ordinal).Count() == names.Length && Array.TrueForAll(names, name => name.Length > 0)
                ? new([.. names], Convert.ToHexStringLower(SHA256.HashData(content)))
                : throw new DataException($"{file.Source} has the classes {Printable.List(names)}, expected names that differ; fetch the file again.");
        }
    }
}
