namespace BasinVolume.Mnist.Terminal;

/// <summary>What the notebook printed, as far as it is known; its random choices were not seeded, so a run can be near these values but not equal.</summary>
internal sealed record PrintedByNotebook(string Epochs, string Accuracy, string Loss, string LogDenominator, string LogVolume, string HessianSeconds)
{
    /// <summary>Where the printed value is not on record.</summary>
    public const string NotKnown = "–";

    /// <summary>The values for one of its models. It computed a Hessian only for the second.</summary>
    public static PrintedByNotebook For(string model) => model switch
    {
        "plain" => new("10", "21 % right", "2.99", NotKnown, NotKnown, NotKnown),
        "l2" => new("10", "66 % right", "0.9927", "1190.5987548828125", "-3948.0591", "153 Hessian"),
        _ => new(NotKnown, NotKnown, NotKnown, NotKnown, NotKnown, NotKnown),
    };
}
