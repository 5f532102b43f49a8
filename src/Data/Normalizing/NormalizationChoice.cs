using System.Diagnostics.CodeAnalysis;

namespace BasinVolume.Data.Normalizing;

/// <summary>How pixels are to become inputs, as it was asked for.</summary>
/// <param name="Given">With these numbers; null for mean and standard deviation of the samples.</param>
public sealed record NormalizationChoice(Normalization? Given)
{
    /// <summary>What the samples' own numbers are called.</summary>
    public const string AutoName = "auto";

    /// <summary>As --normalize has it.</summary>
    public string Spelling => Given?.Spelling ?? AutoName;

    /// <summary>Reads mnist, none, auto, or MEAN,STD with a pair for each channel.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NormalizationChoice? choice)
    {
        choice = text == AutoName ? new(Given: null) : Normalization.TryParse(text, out Normalization? given) ? new(given) : null;
        return choice is not null;
    }
}
