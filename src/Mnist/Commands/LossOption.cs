using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--loss, of commands that take a model which does not say its own.</summary>
internal static class LossOption
{
    /// <summary>The option.</summary>
    public static Option<Choice<LossChoice>?> Create() => Choice.Optional<LossChoice>(
        "--loss",
        "The loss at the end of a ready-made model or an ONNX file's network. [default: cross-entropy for classes, mean-squared for real targets; "
        + "a run's own, and what an ONNX file of this program says]",
        ChoiceNames.Of);
}
