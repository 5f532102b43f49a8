using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.PictureSets;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>Parquet files, and how they become a data set.</summary>
internal static class ParquetFolder
{
    /// <summary>Reads the labels, and the headers of some pictures.</summary>
    /// <exception cref="DataException">A file is missing, damaged, or of other columns.</exception>
    /// <exception cref="DataOptionException">The number of classes was said, and the file names them, or they are more.</exception>
    public static DataSource Open(DataRequest request)
    {
        var parts = ParquetParts.At(request.Path);
        string? label = request.Options.LabelColumn;
        var training = ParquetPart.Read(parts.Training, label);
        ParquetPart? test = parts.Test.Length > 0 && request.Training is null ? ParquetPart.Read(parts.Test, label) : null;
        IntegerClasses classes = ClassesOf(request, training, test);
        var form = new ImageForm(ImageForm.OptionsFor(request));
        training.Look(form);
        return new ParquetSource(training.With(classes), test?.With(classes), form)
        {
            Format = "parquet",
            Path = request.Path,
            Layout = new(new Shape(form.Channels, form.Size.Height, form.Size.Width), ElementKind.Pixels) { Classes = classes.Names },
            TrainingCount = training.Count,
            TestCount = test?.Count ?? 0,
            Note = NoteOf(form, parts),
        };
    }

    // Named by the file, else numbered.
    private static IntegerClasses ClassesOf(DataRequest request, ParquetPart training, ParquetPart? test)
    {
        ImmutableArray<string> names = ParquetFile.Read(
            training.Files[0], reader => ParquetColumns.Of(reader, training.Files[0], request.Options.LabelColumn).Classes);
        if (!names.IsEmpty && request.Options.Classes is { } said && said != names.Length)
            throw new DataOptionException(
                $"--classes {said} contradicts {training.Source}, which names {names.Length} classes: {Printable.List(names)}; leave it out.");
        if (request.Training is { } known)
            return names.IsEmpty || names.SequenceEqual(known.Classes)
                ? new(known.Classes, FirstOf(known.Classes, names))
                : throw new DataException(
                    $"{training.Source} has the classes {Printable.List(names)}, but those of the training samples are {Printable.List(known.Classes)}; "
                    + $"give test data of the same classes.");
        return names.IsEmpty ? IntegerClasses.Of(training.Range(), test?.Range(), request.Options) : new(names, First: 0);
    }

    // Labels are places in names that a file says; classes without names may be numbered from 1.
    private static int FirstOf(ImmutableArray<string> known, ImmutableArray<string> names)
        => names.IsEmpty && known.SequenceEqual(IntegerClasses.Numbered(1, known.Length).Names) ? 1 : 0;

    private static string? NoteOf(ImageForm form, ParquetParts parts)
    {
        string[] notes =
        [
            .. form.Notes,
            .. parts.LeftOut.Length > 0 ? [$"left out: {Printable.List(parts.LeftOut.Select(file => Path.GetFileName(file)))}"] : Array.Empty<string>(),
        ];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }
}
