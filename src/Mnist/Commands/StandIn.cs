using System.CommandLine;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// A word of a command line that stands for an option's value, so that nobody has to write the option: 'spectrum h.npy' is 'spectrum --hessian h.npy'.
/// What reads the options sees them alone.
/// </summary>
internal sealed class StandIn : Argument<string?>
{
    private static readonly string[] Descriptions = [OnnxModels.Ending, ".json"];
    private readonly Func<string, Option> _meant;

    private StandIn(string name, string description, Func<string, Option> meant)
        : base(name) => (Description, Arity, _meant) = (description, ArgumentArity.ZeroOrOne, meant);

    /// <summary>One that stands for one option.</summary>
    public static StandIn Of(string name, string description, Option option) => new StandIn(name, description, _ => option).CompletedAs(option);

    /// <summary>A matrix, or a run that has one.</summary>
    /// <param name="matrix">--hessian.</param>
    /// <param name="run">--run.</param>
    public static StandIn OfMatrix(Option matrix, Option run) => new(
        "matrix", $"A matrix, as after {matrix.Name}, or a finished run's folder, as after {run.Name}.", word => Directory.Exists(word) ? run : matrix);

    /// <summary>A network as --model takes it, or weights as --weights does.</summary>
    /// <param name="model">--model.</param>
    /// <param name="weights">--weights.</param>
    public static StandIn OfModel(Option model, Option weights) => new StandIn(
        "model",
        $"The weights, as after {weights.Name}: a run's folder, a checkpoint; or the network, as after {model.Name}: an ONNX file, a description, a name.",
        word => IsNetwork(word) ? model : weights).CompletedAs(model);

    /// <summary>The words that say with options what is said without.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="OptionException">The option is given as well.</exception>
    public static string[] Words(ParseResult parsed)
        => [.. parsed.CommandResult.Command.Arguments.OfType<StandIn>().SelectMany(argument => argument.WordsOf(parsed))];

    private StandIn CompletedAs(Option option)
    {
        CompletionSources.AddRange(option.CompletionSources);
        return this;
    }

    private IEnumerable<string> WordsOf(ParseResult parsed)
    {
        if (parsed.GetResult(this) is not { Implicit: false } || parsed.GetValue(this) is not { } word)
            yield break;
        Option option = _meant(word);
        if (GlobalOptions.IsGiven(parsed, option))
            throw new OptionException($"'{word}' stands for {option.Name}, which is given as well; leave one of the two out.");
        yield return $"{option.Name}={word}";
    }

    // A word that is no file and looks like none is a name that is not known.
    private static bool IsNetwork(string word)
        => ModelCatalog.IsReadyMade(word) || Descriptions.Any(ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || (word.All(letter => char.IsLetterOrDigit(letter) || letter == ':') && !Path.Exists(word));
}
