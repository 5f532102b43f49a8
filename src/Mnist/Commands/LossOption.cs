using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--loss, of commands that take a model which does not say its own.</summary>
internal static class LossOption
{
    /// <summary>The option.</summary>
    public static Option<Choice<LossChoice>?> Create() => Choice.Optional<LossChoice>(
        "--loss",
        "The loss at the end of an ONNX file's network. [default: cross-entropy for two outputs or more; what a file of this program says]",
        ChoiceNames.Of);
}
