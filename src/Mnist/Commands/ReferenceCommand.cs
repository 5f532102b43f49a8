using System.CommandLine;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// cli-reference and result-reference: print docs/cli.md and docs/result.md. Nobody but those who work on the program needs them, so no help shows them.
/// </summary>
internal static class ReferenceCommand
{
    /// <summary>What the one for options is called.</summary>
    public const string Name = "cli-reference";

    /// <summary>What the one for results is called.</summary>
    public const string ResultName = "result-reference";

    /// <summary>Both commands.</summary>
    public static Command[] Create()
        => [Create(Name, "docs/cli.md", () => CommandReference.Of(ProgramCommands.Root)), Create(ResultName, "docs/result.md", KeyReference.Text)];

    private static Command Create(string name, string document, Func<string> text)
    {
        var command = new Command(name, $"Print {document}.") { Hidden = true };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(text());
            return ExitCodes.Success;
        });
        return command;
    }
}
