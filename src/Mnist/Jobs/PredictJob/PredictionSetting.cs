using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.PredictJob;

/// <summary>
/// What the pictures for a model are, and what its outputs are called: as its run says, else as the data at hand says, else as the network shows.
/// </summary>
/// <param name="Shape">The shape that pictures are brought to: [1 or 3, rows, columns].</param>
/// <param name="Classes">What the classes are called; empty for real targets.</param>
/// <param name="Targets">What the real targets are called; empty for classes.</param>
/// <param name="UsualInputs">How pixels become inputs where nobody says.</param>
internal sealed record PredictionSetting(Shape Shape, ImmutableArray<string> Classes, ImmutableArray<string> Targets, InputChoice UsualInputs)
{
    private static readonly Shape Digit = new(1, 28, 28);

    /// <summary>Whether the samples that the model was trained on were numbers, so that nobody knows what a pixel was among them.</summary>
    public bool AreNumbers { get; private init; }

    /// <summary>Finds it out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">What the samples of the data at hand have in common, where they fit the model; else null.</param>
    /// <exception cref="OptionException">The model takes no pictures.</exception>
    public static PredictionSetting Of(RequestedModel model, DataLayout? layout)
    {
        Network network = model.Network;
        DataRecord? run = model.DataOfRun;
        Shape shape = ShapeOf(run, layout, network) ?? throw new OptionException(
            $"predict takes pictures, but the model {model.Name} takes samples of {network.Input}, which are none; give a model of images.");
        int outputs = network.Values[network.OutputValue].Size;
        ImmutableArray<string> targets = run?.Targets ?? layout?.Targets ?? [];
        ImmutableArray<string> classes = !targets.IsEmpty ? [] : Fitting(run?.Classes, outputs) ?? Fitting(layout?.Classes, outputs) ?? Numbers(outputs);
        bool areNumbers = run?.ElementType is { } element ? element != "pixels" : layout is { Elements: not ElementKind.Pixels };
        InputChoice usual = shape.Equals(Digit) && !areNumbers ? InputChoice.Usual : InputChoice.AsTheyAre;
        return new(shape, classes, targets, usual) { AreNumbers = areNumbers };
    }

    private static Shape? ShapeOf(DataRecord? run, DataLayout? layout, Network network)
    {
        if (run?.Shape is [1 or 3, _, _] ofRun)
            return new Shape(ofRun.AsSpan());
        if (run?.Shape is null && layout is { IsImages: true } && ModelFit.Takes(network.Input, layout.Shape))
            return layout.Shape;
        return network.Input.Dimensions switch
        {
            [1 or 3, _, _] => network.Input,
            [784] => Digit,
            _ => null,
        };
    }

    // One output may stand for two classes.
    private static ImmutableArray<string>? Fitting(ImmutableArray<string>? classes, int outputs)
        => classes is { Length: > 0 } names && (names.Length == outputs || (outputs == 1 && names.Length == 2)) ? names : null;

    private static ImmutableArray<string> Numbers(int outputs)
        => [.. Enumerable.Range(0, Math.Max(2, outputs)).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
