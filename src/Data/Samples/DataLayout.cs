using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Samples;

/// <summary>What all samples of a data set have in common.</summary>
/// <param name="Shape">The shape of one: [channels, rows, columns] of images, [features] of a row of a table, [positions] of tokens.</param>
/// <param name="Elements">What its elements are.</param>
public sealed record DataLayout(Shape Shape, ElementKind Elements)
{
    /// <summary>What the classes are called, in the order of their labels 0, 1, …; empty where samples have real targets.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>What the real targets are called, one name a target; empty where samples have classes.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>What the elements of a sample are called, where they have names: the columns of a table; empty where they have none.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Labels of one sample: 1, or one for each position of a sequence.</summary>
    public int LabelsPerSample { get; init; } = 1;

    /// <summary>Whether samples have classes rather than real targets.</summary>
    public bool HasClasses => !Classes.IsEmpty;

    /// <summary>Whether samples are images: [channels, rows, columns] with one channel or three.</summary>
    public bool IsImages => Shape.Dimensions is [1 or 3, _, _];

    /// <summary>How many parts of a sample have a normalisation of their own: the channels of an image, the columns of a row of numbers, else 1.</summary>
    public int Channels => Shape.Dimensions switch
    {
        [var channels, _, _] => channels,
        [var columns] when Elements is ElementKind.Single or ElementKind.Double => columns,
        _ => 1,
    };

    /// <summary>Whether samples have the form of MNIST: grey levels of 28 x 28.</summary>
    public bool IsMnistLike => Elements == ElementKind.Pixels && Shape.Dimensions is [1, 28, 28];

    /// <summary>What becomes an input, for messages.</summary>
    public InputSubject Subject => Elements switch
    {
        ElementKind.Pixels => InputSubject.Pixels,
        ElementKind.Tokens => InputSubject.Tokens,
        _ => InputSubject.Numbers,
    };

    /// <summary>How elements become inputs where nobody says.</summary>
    public InputChoice UsualInputs => (IsMnistLike ? InputChoice.Usual : InputChoice.AsTheyAre) with { Subject = Subject };

    /// <summary>What samples are called in messages.</summary>
    public string Noun => IsImages ? "images" : "samples";

    /// <summary>Bytes that an element takes in memory.</summary>
    public int BytesPerElement => Elements switch
    {
        ElementKind.Pixels => sizeof(byte),
        ElementKind.Double => sizeof(double),
        _ => sizeof(float),
    };

    /// <summary>The layout for a person: 3 x 32 x 32 pixels in 10 classes.</summary>
    public string Said
        => $"{string.Join(" x ", Shape.Dimensions)} {ElementsSaid} {(HasClasses ? $"in {Classes.Length} classes" : $"with {TargetsSaid}")}";

    /// <summary>How many real targets there are, for a person: 1 real target.</summary>
    public string TargetsSaid => Printable.Counted(Targets.Length, "real target");

    /// <summary>What elements are, in files: pixels, float32, float64 or tokens.</summary>
    public string ElementsName => Elements switch
    {
        ElementKind.Pixels => "pixels",
        ElementKind.Tokens => "tokens",
        ElementKind.Single => "float32",
        _ => "float64",
    };

    private string ElementsSaid => Elements is ElementKind.Single or ElementKind.Double ? $"{ElementsName} numbers" : ElementsName;
}
