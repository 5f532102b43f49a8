using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BasinVolume.Mnist.Commands;

/// <summary>The usual help, and an example of the command below it.</summary>
/// <param name="help">The usual help.</param>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        if (Examples.Of(parseResult.CommandResult.Command) is { } example)
            parseResult.InvocationConfiguration.Output.Write($"Example:\n  {example}\n");
        return exitCode;
    }
}
