using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Arrays;

/// <summary>Arrays that were opened: the labels are read, the samples are not.</summary>
/// <param name="arrays">The arrays.</param>
/// <param name="parts">The training part, and the test part if there is one.</param>
/// <param name="classes">The classes; null for real targets.</param>
internal sealed class ArraySource(IArrays arrays, ImmutableArray<ArrayPart> parts, IntegerClasses? classes) : DataSource
{
    private const int MostTargets = 10_000;

    /// <summary>Reads the labels and the forms of the samples.</summary>
    /// <param name="request">What is opened.</param>
    /// <param name="arrays">The arrays.</param>
    /// <param name="names">Which of them are which.</param>
    /// <exception cref="DataException">One is missing, damaged, or does not belong to the others.</exception>
    public static ArraySource Open(DataRequest request, IArrays arrays, ArrayNames names)
    {
        ArrayPart training = ArrayPart.Read(arrays, names.Samples, names.Labels, request.Options.ChannelOrder);
        bool hasTest = request.Training is null && (arrays.Names.Contains(names.TestSamples) || arrays.Names.Contains(names.TestLabels));
        ArrayPart? test = hasTest ? ArrayPart.Read(arrays, names.TestSamples, names.TestLabels, request.Options.ChannelOrder) : null;
        test?.CheckBelongsTo(training);
        IntegerClasses? classes = ClassesOf(request, training, test);
        return new(arrays, test is null ? [training] : [training, test], classes)
        {
            Format = "npz",
            Path = request.Path,
            Layout = new(training.Form.Shape, training.Form.Elements)
            {
                Classes = classes?.Names ?? [],
                Targets = TargetsOf(training.Labels, names.Labels),
                LabelsPerSample = training.Labels.LabelsPerSample,
            },
            TrainingCount = training.Count,
            TestCount = test?.Count ?? 0,
            Note = NoteOf(training, classes, arrays.Names.Except([names.Samples, names.Labels, names.TestSamples, names.TestLabels])),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        parts[0].Read(arrays, training, classes);
        if (test is not null)
            parts[1].Read(arrays, test, classes);
        return arrays.Sha256Of([.. parts.SelectMany(part => new[] { part.SamplesName, part.LabelsName })]).ToDictionary();
    }

    private static IntegerClasses? ClassesOf(DataRequest request, ArrayPart training, ArrayPart? test)
    {
        if (!training.Labels.HasClasses)
        {
            return request.Options.Classes is { } said
                ? throw new DataOptionException($"--classes {said} says nothing about {training.Labels.Source}, which holds real targets; leave it out.")
                : null;
        }

        return request.Training is { } known
            ? IntegerClasses.Of(known.Classes, training.Labels.Source)
            : IntegerClasses.Of(training.Labels.Range(), test?.Labels.Range(), request.Options);
    }

    private static ImmutableArray<string> TargetsOf(LabelArray labels, string name)
    {
        if (labels.TargetsPerSample > MostTargets)
            throw new DataException($"{labels.Source} has {labels.TargetsPerSample} targets a sample, expected at most {MostTargets}; give fewer.");
        return labels.TargetsPerSample == 1
            ? [name]
            : [.. Enumerable.Range(0, labels.TargetsPerSample).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"))];
    }

    private static string? NoteOf(ArrayPart training, IntegerClasses? classes, IEnumerable<string> leftOut)
    {
        string[] others = [.. leftOut];
        int missing = classes is null ? 0 : classes.Names.Length - training.Labels.Labels.Distinct().Count();
        string[] notes =
        [
            .. training.Form.IsChannelsLast ? new[] { "channels were last, and each image was turned" } : [],
            .. missing > 0 ? new[] { $"{missing} of {classes!.Names.Length} classes have no training sample" } : [],
            .. training.Labels.AreWholeReals ? new[] { $"{training.Labels.Source} has whole numbers as floats, so targets: save classes as integers" } : [],
            .. others.Length > 0 ? new[] { $"left out: {Printable.List(others)}" } : [],
        ];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }
}
