using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Mnist.Models;

/// <summary>Whether a network takes what a data set has.</summary>
public static class ModelFit
{
    /// <summary>Checks it.</summary>
    /// <exception cref="DataException">
    /// Its input has another shape than the samples, or its loss takes classes where there are none, or it has another number of outputs than there are classes
    /// or targets.
    /// </exception>
    public static void Check(Network network, DataLayout layout)
    {
        if (FaultOf(network, layout) is { } fault)
            throw new DataException(fault);
    }

    /// <summary>What does not fit, in one sentence; null where all does.</summary>
    public static string? FaultOf(Network network, DataLayout layout)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layout);
        int outputs = network.Values[network.OutputValue].Size;
        if (!Takes(network.Input, layout.Shape))
            return $"The model takes inputs of shape {network.Input}, {network.Input.Size} elements, but the {layout.Noun} have the shape {layout.Shape}, "
                + $"{layout.Shape.Size} {Elements(layout)}; {WhatToDo(network.Input, layout.Shape)}.";
        if (network.Loss.TakesLabels && network.Loss.LabelsPerSample != layout.LabelsPerSample && layout.HasClasses)
            return $"The model takes {network.Loss.LabelsPerSample} labels a sample, but the data has {layout.LabelsPerSample}; "
                + $"give labels of the shape [samples, {network.Loss.LabelsPerSample}], or a model that takes what there is.";
        if (layout.HasClasses)
            return TakesClasses(network, layout, outputs)
                ? null
                : $"The model has {outputs} outputs, but the {layout.Noun} are of {layout.Classes.Length} classes; "
                    + $"give its last layer {layout.Classes.Length * layout.LabelsPerSample} outputs.";
        if (network.Loss.TakesLabels)
            return $"The model ends in {network.Loss.Description}, which takes classes, but the data has {layout.TargetsSaid}; "
                + $"end it in a mean-squared loss or give data with classes.";
        return outputs == layout.Targets.Length
            ? null
            : $"The model has {outputs} outputs, but the data has {layout.TargetsSaid}; give its last layer {layout.Targets.Length} outputs.";
    }

    /// <summary>
    /// Whether a network's input takes samples of a shape: the same one; or one of both is flat, and the elements are taken in their order; or they differ in
    /// dimensions of one element alone.
    /// </summary>
    public static bool Takes(Shape input, Shape sample)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(sample);
        return input.Size == sample.Size
            && (input.Dimensions.Length == 1 || sample.Dimensions.Length == 1 || Proper(input).SequenceEqual(Proper(sample)));
    }

    // Channels that were taken for rows or columns give the model's shape when they are moved to the other end.
    private static string WhatToDo(Shape input, Shape sample) => (input.Dimensions, sample.Dimensions) switch
    {
        ({ Length: 3 } model, [var channels, var rows, var columns]) when model.SequenceEqual([rows, columns, channels])
            => "if the file has channels first, say it with --channels-first",
        ({ Length: 3 } model, [var rows, var columns, var channels]) when model.SequenceEqual([channels, rows, columns])
            => "if the file has channels last, say it with --channels-last",
        _ => "change the model's input or give other data",
    };

    private static bool TakesClasses(Network network, DataLayout layout, int outputs)
        => outputs == layout.Classes.Length * layout.LabelsPerSample
            || (!network.Loss.TakesLabels && outputs == 1 && layout is { Classes.Length: 2, LabelsPerSample: 1 });

    private static IEnumerable<int> Proper(Shape shape) => shape.Dimensions.Where(dimension => dimension != 1);

    private static string Elements(DataLayout layout) => layout.Elements == ElementKind.Pixels ? "pixels" : "elements";
}
