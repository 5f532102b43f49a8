using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--loss, of commands that take a ready-made model.</summary>
internal static class LossOption
{
    /// <summary>The option.</summary>
    public static Option<Choice<LossChoice>?> Create() => Choice.Optional<LossChoice>(
        "--loss",
        "The loss at the end of a ready-made model. [default: cross-entropy for classes, mean-squared for real targets; a run's own]",
        ChoiceNames.Of);
}
