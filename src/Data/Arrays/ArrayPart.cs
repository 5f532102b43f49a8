using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Arrays;

/// <summary>An array of samples, still to be read, and what another says of them.</summary>
/// <param name="SamplesName">The name of the samples' array.</param>
/// <param name="SamplesSource">What it is called in errors.</param>
/// <param name="Count">Number of samples.</param>
/// <param name="Form">What a sample is.</param>
/// <param name="LabelsName">The name of the labels' array.</param>
/// <param name="Labels">What it says.</param>
internal sealed record ArrayPart(string SamplesName, string SamplesSource, int Count, SampleForm Form, string LabelsName, LabelArray Labels)
{
    /// <summary>Reads the labels, and the header of the samples.</summary>
    /// <exception cref="DataException">One is missing, damaged, or does not belong to the other.</exception>
    public static ArrayPart Read(IArrays arrays, string samplesName, string labelsName, ChannelOrder? order)
    {
        foreach ((string name, string other) in new[] { (samplesName, labelsName), (labelsName, samplesName) })
        {
            if (!arrays.Names.Contains(name))
                throw new DataException(
                    $"{arrays.SourceOf(other)} has no {name} beside it: expected {ArrayNames.Expected}; save the labels or targets under that name.");
        }

        string source = arrays.SourceOf(samplesName), labelsSource = arrays.SourceOf(labelsName);
        using NpyReader samples = arrays.Open(samplesName), labels = arrays.Open(labelsName);
        var form = SampleForm.Of(samples, source, order);
        int positions = form.Elements == ElementKind.Tokens ? form.Shape.Size : 0;
        return new(samplesName, source, samples.Shape[0], form, labelsName, LabelArray.Read(labels, labelsSource, samples.Shape[0], positions));
    }

    /// <summary>Sees to it that test samples are of the form of the training samples.</summary>
    /// <exception cref="DataException">They are not.</exception>
    public void CheckBelongsTo(ArrayPart training)
    {
        if (!Form.Shape.Equals(training.Form.Shape) || Form.Elements != training.Form.Elements)
            throw new DataException(
                $"{SamplesSource} has samples of {Form.Shape}, {Form.Elements}, but {training.SamplesSource} has samples of {training.Form.Shape}, "
                + $"{training.Form.Elements}; give arrays that belong together.");
        if (Labels.LabelsPerSample != training.Labels.LabelsPerSample || Labels.TargetsPerSample != training.Labels.TargetsPerSample)
            throw new DataException($"{Labels.Source} has other labels or targets than {training.Labels.Source}; give arrays that belong together.");
    }

    /// <summary>Streams the samples.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="keeper">Takes them.</param>
    /// <param name="classes">The classes; null for real targets.</param>
    public void Read(IArrays arrays, SampleKeeper keeper, IntegerClasses? classes)
    {
        using NpyReader array = arrays.Open(SamplesName);
        if (array.Shape[0] != Count)
            throw new DataException($"{SamplesSource} has changed since it was opened; leave it alone meanwhile.");
        new SampleArray(array, Form, SamplesSource).Read(keeper);
        for (int i = 0; i < Count; i++)
        {
            if (classes is null)
                keeper.PutTargets(i, Labels.Targets.AsSpan(i * Labels.TargetsPerSample, Labels.TargetsPerSample), Labels.Source);
            else
                keeper.PutLabels(i, PlacesOf(i, classes));
        }
    }

    private int[] PlacesOf(int index, IntegerClasses classes)
        => Array.ConvertAll(
            Labels.Labels[(index * Labels.LabelsPerSample)..((index + 1) * Labels.LabelsPerSample)], label => classes.PlaceOf(label, Labels.Source, index));
}
