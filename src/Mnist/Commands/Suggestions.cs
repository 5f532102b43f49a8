using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// What [suggest:N] prints: a line for each word that may stand where a line of N characters ends, from the word's beginning on. Files and folders are among
/// them, so that every shell completes alike; a folder ends with a slash.
/// </summary>
/// <param name="directive">The directive that it is the action of.</param>
internal sealed class Suggestions(Directive directive) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string line = parseResult.UnmatchedTokens is [var typed, ..] ? typed : string.Empty;
        string? end = parseResult.GetResult(directive)?.Values is [var said, ..] ? said : null;
        if (int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int place))
            line = place < line.Length ? line[..place] : line;
        foreach (string word in Of(line, parseResult.Configuration))
            parseResult.InvocationConfiguration.Output.Write(word + "\n");
        return ExitCodes.Success;
    }

    // The program's own name comes first, and "--option=value" is its value behind a blank.
    private static IEnumerable<string> Of(string line, ParserConfiguration configuration)
    {
        int blank = line.LastIndexOf(' ');
        string last = line[(blank + 1)..], before = string.Empty;
        if (last.StartsWith("--", StringComparison.Ordinal) && last.IndexOf('=', StringComparison.Ordinal) is var end and > 0)
        {
            before = last[..(end + 1)];
            last = last[(end + 1)..];
            line = $"{line[..(blank + end + 1)]} {last}";
        }

        string own = line.IndexOf(' ', StringComparison.Ordinal) is var first and >= 0 ? line[first..].TrimStart() : string.Empty;
        ParseResult begun = ProgramCommands.Root.Parse(own, configuration);
        string[] unshown = [.. begun.CommandResult.Command.Options.Concat(begun.RootCommandResult.Command.Options).SelectMany(Unshown)];
        return begun.GetCompletions(own.Length).Select(item => item.InsertText ?? item.Label)
            .Where(word => word.StartsWith(last, StringComparison.Ordinal) && (last.Length > 0 || !word.StartsWith('-')) && !unshown.Contains(word))
            .Distinct().Select(word => before + word);
    }

    // Former names, and those of other systems, work without being shown; all options are shown to who begins one.
    private static IEnumerable<string> Unshown(Option option) => option.Aliases.Except(OptionText.Of(option).Names);
}
