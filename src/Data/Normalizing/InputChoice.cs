using System.Globalization;

namespace BasinVolume.Data.Normalizing;

/// <summary>Who said how elements become inputs.</summary>
public enum InputOrigin
{
    /// <summary>Nobody, so that it is MNIST's constants for its like, and the values as they are for all other data.</summary>
    Default,

    /// <summary>The weights, which carry how they were trained.</summary>
    Weights,

    /// <summary>The one who asked for the job.</summary>
    Option,
}

/// <summary>What becomes an input.</summary>
/// <param name="Symbol">What it is in formulas.</param>
/// <param name="Name">What it is called, with its symbol and its range.</param>
public sealed record InputSubject(char Symbol, string Name)
{
    /// <summary>Pixels.</summary>
    public static InputSubject Pixels { get; } = new('p', "pixels p in 0 to 1");

    /// <summary>Numbers.</summary>
    public static InputSubject Numbers { get; } = new('x', "numbers x");

    /// <summary>Tokens.</summary>
    public static InputSubject Tokens { get; } = new('t', "tokens t");
}

/// <summary>How elements became inputs, and why so.</summary>
/// <param name="Used">How.</param>
/// <param name="Origin">Who said so.</param>
/// <param name="Recorded">How the weights say they were trained; null if they do not say.</param>
/// <param name="OfData">Mean and deviation of all training images, where they are not MNIST's and nobody said how; else null.</param>
public sealed record InputChoice(Normalization Used, InputOrigin Origin, Normalization? Recorded, Normalization? OfData)
{
    // Mean or deviation further from MNIST's than this share of MNIST's deviation are another data set's.
    private const double ClearlyOther = 0.1;

    /// <summary>MNIST's constants, for nobody said anything.</summary>
    public static InputChoice Usual { get; } = new(Normalization.Mnist, InputOrigin.Default, Recorded: null, OfData: null);

    /// <summary>Values as they are, for nobody said anything and the data is not like MNIST.</summary>
    public static InputChoice AsTheyAre { get; } = new(Normalization.None, InputOrigin.Default, Recorded: null, OfData: null);

    /// <summary>What becomes an input: pixels p in 0 to 1, or numbers x.</summary>
    public InputSubject Subject { get; init; } = InputSubject.Pixels;

    /// <summary>How elements became inputs, for a person.</summary>
    public string Said => $"{(Used.Name == Normalization.NoneName ? string.Empty : $"{Used.FormulaOf(Subject.Symbol)} of ")}{Subject.Name}, {Whose}";

    /// <summary>Who said so, for a person.</summary>
    public string Whose => (Origin, Used.Name) switch
    {
        (InputOrigin.Weights, _) => "as the weights were trained",
        (_, Normalization.MnistName) => "MNIST's constants",
        (_, Normalization.NoneName) => "as they are",
        _ => "as was asked",
    };

    /// <summary>What is to be known about it; null where nothing is.</summary>
    public string? Advice => Contradiction ?? OtherData;

    private string? Contradiction => Origin == InputOrigin.Option && Recorded is { } recorded && !recorded.Same(Used)
        ? $"the weights were trained with {recorded.Spelling}, which --normalize overrides: leave it out to take theirs"
        : null;

    private string? OtherData => OfData is { } own && IsClearlyOther(own)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"these images are not MNIST's: their own mean is {own.Means[0]:f4} and their standard deviation {own.Deviations[0]:f4}; "
            + $"--normalize auto takes those of the samples, --normalize none leaves pixels as they are")
        : null;

    private bool IsClearlyOther(Normalization own)
    {
        double difference = Math.Max(Math.Abs(own.Means[0] - Used.Means[0]), Math.Abs(own.Deviations[0] - Used.Deviations[0]));
        return difference > ClearlyOther * Used.Deviations[0];
    }
}
