using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using BasinVolume.Interop;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>From the words that the program was given to a command and its options.</summary>
internal static class CommandLine
{
    private const string EndOfOptions = "--";

    // A word is what it says: "-hessian" is no bundle of short options that begins with -h, and "@digit.png" is a file of that name.
    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    // What "dotnet run" in the sources puts before all words, as the project's file says.
    private const string FromSources = "[sources]";

    /// <summary>
    /// Parses a command line, with what it says without options and with the settings of its --config file if it has one.
    /// </summary>
    /// <exception cref="OptionException">It asks for something that cannot be.</exception>
    /// <exception cref="DataException">The settings file cannot be read.</exception>
    public static ParseResult Parse(string[] words)
    {
        ParseResult parsed = With(Said(words), StandIn.Words, string.Empty, out string[] spelled);
        if (parsed.GetResult(GlobalOptions.Config) is not null && parsed.GetValue(GlobalOptions.Config) is { } file)
            parsed = With(spelled, given => SettingsFile.Words(file, given), $" (with the settings of {file})", out _);
        // Help is always given.
        if (parsed.Action == parsed.CommandResult.Command.Action)
            OptionUse.Check(parsed);
        return parsed;
    }

    // Who says nothing at all sees what there is, and in the sources gets the main job.
    private static string[] Said(string[] words) => words switch
    {
        [] => ["--help"],
        [FromSources] => [NotebookCommand.Name],
        [FromSources, .. var said] => said,
        _ => words,
    };

    // The same with words that follow from it, put where options may stand.
    private static ParseResult With(string[] words, Func<ParseResult, string[]> more, string where, out string[] all)
    {
        ParseResult parsed = Checked(ProgramCommands.Root.Parse(words, Plain), string.Empty);
        string[] added = more(parsed);
        int end = Array.IndexOf(words, EndOfOptions) is var place and >= 0 ? place : words.Length;
        all = [.. words[..end], .. added, .. words[end..]];
        return added.Length == 0 ? parsed : Checked(ProgramCommands.Root.Parse(all, Plain), where);
    }

    private static ParseResult Checked(ParseResult parsed, string where)
    {
        // Nothing, and what has a null in it, is no file, number or name of any option.
        bool IsNothing(Token token) => token.Type == TokenType.Argument && !IsSomething(token.Value);
        if (parsed.CommandResult.Children.FirstOrDefault(child => child.Tokens.Any(IsNothing)) is { } empty)
            throw new OptionException($"{NameOf(empty)} is given an empty text, or one with a null in it{where}; give it a value, or leave it out.");
        if (Misread(parsed) is { } sentence)
            throw new OptionException($"{sentence}{where}. Run with --help to see what there is.");
        return parsed;
    }

    private static string? Misread(ParseResult parsed)
    {
        if (parsed.Action is GroupedHelp)
            return null;
        // What takes files would take an option that does not exist for one of them, and a file of arguments, as other programs have them.
        string? stray = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(IsNoFile);
        if (stray is not null)
            return stray[0] == '@'
                ? $"There is no file '{stray}', and files of arguments are not taken: give it without the @, or options with --config"
                : $"Unrecognized option '{stray}'{NearestWord.Hint(stray, parsed.CommandResult.Command)}";
        return parsed.Action is ParseErrorAction ? $"{parsed.Errors[0].Message.TrimEnd('.')}{Hint(parsed)}" : null;
    }

    private static bool IsNoFile(string word) => word.Length > 0 && word[0] is '-' or '@' && !Path.Exists(word);

    private static bool IsSomething(string value) => !string.IsNullOrWhiteSpace(value) && !value.Contains('\0', StringComparison.Ordinal);

    private static string NameOf(SymbolResult given) => given switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => "The command line",
    };

    private static string Hint(ParseResult parsed)
        => parsed.UnmatchedTokens.FirstOrDefault(word => parsed.Errors[0].Message.Contains($"'{word}'", StringComparison.Ordinal)) is { } unknown
            ? NearestWord.Hint(unknown, parsed.CommandResult.Command)
            : string.Empty;
}
