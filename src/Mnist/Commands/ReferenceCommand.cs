using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>cli-reference: prints docs/cli.md. Nobody but those who work on the program needs it, so no help shows it.</summary>
internal static class ReferenceCommand
{
    /// <summary>What it is called.</summary>
    public const string Name = "cli-reference";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Print docs/cli.md.") { Hidden = true };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(CommandReference.Of(ProgramCommands.Root));
            return ExitCodes.Success;
        });
        return command;
    }
}
