using System.CommandLine;
using System.CommandLine.Parsing;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// A command line that does the same again: what was given, by a settings file or by hand, without what only says how the result is shown and where it goes.
/// </summary>
internal static class Repeatable
{
    /// <summary>The command line.</summary>
    public static string Of(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? NotebookCommand.Name : parsed.CommandResult.Command.Name;
        return string.Join(' ', [ProgramCommands.ProgramName, command, .. OptionWords.Given(parsed).SelectMany(WordsOf).Select(Quoted)]);
    }

    private static IEnumerable<string> WordsOf(OptionResult result) => [result.Option.Name, .. result.Tokens.Select(token => token.Value)];

    // As every shell of Unix takes it.
    private static string Quoted(string word) => word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "-_./:=,+".Contains(c, StringComparison.Ordinal);
}
