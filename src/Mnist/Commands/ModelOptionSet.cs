using System.CommandLine;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of every command that needs a model: its network, its weights, and which of a run's models it is.</summary>
/// <param name="withoutWeights">What happens when no weights are given.</param>
internal sealed class ModelOptionSet(string withoutWeights)
{
    private readonly Option<string?> _model = CreateModel("the run's own for a run folder, else notebook for grey images of 28 x 28, and mlp for all else");
    private readonly Option<string?> _weights = new("--weights")
    {
        Description =
            "The weights: a run folder, a file of torch.save(model.state_dict()), a .safetensors or .npz file, or a folder of .npy files. "
            + $"[default: {withoutWeights}]",
        HelpName = "FILE|DIR",
    };

    private readonly Option<Choice<LossChoice>?> _loss = LossOption.Create();
    private readonly Option<bool> _fold = new("--fold-batch-normalization")
    {
        Description = "Fold an ONNX file's batch normalisations into the layers before them; the parameters are then others than those that were trained.",
    };

    private readonly Option<string?> _check = new("--check")
    {
        Description = "Compare an ONNX file's network with outputs that were computed elsewhere: a .npz file with x and logits.",
        HelpName = "FILE.npz",
    };

    private readonly Option<string?> _name = new("--name") { Description = "Which of a run's models. [default: its first]", HelpName = "MODEL" };
    private readonly Option<string?> _key = new("--key")
    {
        Description =
            "Which part of the weights' file to take where several fit: the keys that lead to it, with points between them, such as ema.state_dict; "
            + ". for the whole. [default: the only one that fits]",
        HelpName = "NAME",
    };

    /// <summary>--model, for commands that have no use for weights.</summary>
    /// <param name="usual">Which network it is when none is given.</param>
    public static Option<string?> CreateModel(string usual)
    {
        var option = new Option<string?>("--model")
        {
            Description =
                $"The network: one of {string.Join(", ", ModelCatalog.Names)}, which take the shape and the classes of the data, "
                + $"mlp:784-32-10 with any hidden layers, a JSON file that describes it, or an ONNX file, which has its weights as well. [default: {usual}]",
            HelpName = "NAME|FILE",
        };
        option.CompletionSources.Add([.. ModelCatalog.Names]);
        return option;
    }

    /// <summary>Adds a word that stands for the network or for its weights.</summary>
    public void AddArgumentTo(Command command) => command.Arguments.Add(StandIn.OfModel(_model, _weights));

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_loss);
        command.Options.Add(_fold);
        command.Options.Add(_check);
        command.Options.Add(_weights);
        command.Options.Add(_name);
        command.Options.Add(_key);
    }

    /// <summary>What was asked.</summary>
    public ModelRequest Read(ParseResult parsed) => new(parsed.GetValue(_model), parsed.GetValue(_weights), parsed.GetValue(_name), parsed.GetValue(_key))
    {
        Loss = parsed.GetValue(_loss)?.Value,
        FoldsBatchNormalization = parsed.GetValue(_fold),
        Check = parsed.GetValue(_check),
    };
}
