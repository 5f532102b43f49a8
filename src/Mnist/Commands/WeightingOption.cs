using System.CommandLine;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--weighting, the same for every command that computes something of a loss over samples.</summary>
internal static class WeightingOption
{
    /// <summary>The option.</summary>
    public static Option<Choice<Weighting>> Create(Weighting usual)
        => Choice.Of("--weighting", "How the samples' losses become one loss.", usual, ChoiceNames.Of);
}
