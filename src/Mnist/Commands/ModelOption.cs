using System.CommandLine;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Commands;

/// <summary>--model, the same for every command that needs a network.</summary>
internal static class ModelOption
{
    /// <summary>The option.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--model")
        {
            Description = $"The network: one of {string.Join(", ", ModelCatalog.Names)}, mlp:784-32-10 with any hidden layers, or a JSON file that describes it.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => ModelCatalog.Names[0],
        };
        option.CompletionSources.Add(_ => ModelCatalog.Names.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        return option;
    }
}
