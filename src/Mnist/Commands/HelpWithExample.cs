using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BasinVolume.Mnist.Commands;

/// <summary>The usual help with the program's own name, and an example of the command below it.</summary>
/// <param name="help">The usual help.</param>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        InvocationConfiguration configuration = parseResult.InvocationConfiguration;
        TextWriter output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        int exitCode = help.Invoke(parseResult);
        configuration.Output = output;
        // Its usage names the assembly, which nobody types.
        output.Write(
            text.ToString().Replace($"  {parseResult.RootCommandResult.Command.Name} ", $"  {ProgramCommands.ProgramName} ", StringComparison.Ordinal));
        if (Examples.Of(parseResult.CommandResult.Command) is { } example)
            output.Write($"Example:\n  {example}\n");
        return exitCode;
    }
}
