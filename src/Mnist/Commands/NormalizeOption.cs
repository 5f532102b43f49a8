using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Data.Normalizing;

namespace BasinVolume.Mnist.Commands;

/// <summary>--normalize, the same for every command that needs images.</summary>
internal static class NormalizeOption
{
    private const string Name = "--normalize";

    /// <summary>The option.</summary>
    public static Option<NormalizationChoice?> Create()
    {
        var option = new Option<NormalizationChoice?>(Name)
        {
            Description =
                "How pixels p in 0 to 1 become inputs (p − MEAN)/STD: MNIST's 0.1307,0.3081; none, as they are; "
                + "auto, mean and standard deviation of the samples; or numbers, a pair for each channel if the model's input has several. "
                + "[default: as the weights were trained if they say, else mnist]",
            HelpName = "mnist|none|auto|MEAN,STD",
            CustomParser = Parse,
        };
        option.CompletionSources.Add(Normalization.MnistName, Normalization.NoneName, NormalizationChoice.AutoName);
        return option;
    }

    private static NormalizationChoice? Parse(ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        if (!NormalizationChoice.TryParse(word, out NormalizationChoice? choice))
        {
            result.AddError(
                $"{Name} must be mnist, none, auto, or MEAN,STD: finite numbers with a point, the second above 0, as in 0.1307,0.3081, "
                + $"and such a pair for each channel; got '{word}'.");
        }

        return choice;
    }
}
