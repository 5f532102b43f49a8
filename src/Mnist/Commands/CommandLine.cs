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
    private static readonly ParserConfiguration Words = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Parses a command line, with the settings of its --config file if it has one.</summary>
    /// <exception cref="OptionException">It asks for something that cannot be.</exception>
    /// <exception cref="DataException">The settings file cannot be read.</exception>
    public static ParseResult Parse(string[] words)
    {
        ParseResult parsed = Checked(ProgramCommands.Root.Parse(words, Words), string.Empty);
        if (parsed.GetResult(GlobalOptions.Config) is null || parsed.GetValue(GlobalOptions.Config) is not { } file)
            return parsed;
        int end = Array.IndexOf(words, EndOfOptions) is var place and >= 0 ? place : words.Length;
        return Checked(
            ProgramCommands.Root.Parse([.. words[..end], .. SettingsFile.Words(file, parsed), .. words[end..]], Words), $" (with the settings of {file})");
    }

    private static ParseResult Checked(ParseResult parsed, string where)
    {
        // Nothing, and what has a null in it, is no file, number or name of any option.
        bool IsNothing(Token token) => token.Type == TokenType.Argument && !IsSomething(token.Value);
        if (parsed.CommandResult.Children.FirstOrDefault(child => child.Tokens.Any(IsNothing)) is { } empty)
            throw new OptionException($"{NameOf(empty)} is given an empty text, or one with a null in it{where}; give it a value, or leave it out.");
        return parsed.Action is ParseErrorAction
            ? throw new OptionException($"{parsed.Errors[0].Message.TrimEnd('.')}{Hint(parsed)}{where}. Run with --help to see what there is.")
            : parsed;
    }

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
