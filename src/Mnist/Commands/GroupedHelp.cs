using System.CommandLine;
using System.CommandLine.Invocation;
using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist.Commands;

/// <summary>What --help does.</summary>
internal sealed class GroupedHelp : SynchronousCommandLineAction
{
    // Longer lines are not read.
    private const int Widest = 120;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult, parseResult.CommandResult.Command);
        return ExitCodes.Success;
    }

    /// <summary>Writes the help of a command.</summary>
    public static void Write(ParseResult parsed, Command command)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        output.Write(HelpPage.Of(command, Math.Min(Widest, Terminals.Tables(output).Profile.Width)));
    }
}
