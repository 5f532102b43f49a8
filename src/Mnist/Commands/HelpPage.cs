using System.CommandLine;
using System.Globalization;
using System.Text;

namespace BasinVolume.Mnist.Commands;

/// <summary>The help of a command as a text of a width: usage, arguments, options by what they are about, and an example.</summary>
internal sealed class HelpPage
{
    // What is explained stands beside its name where names are short, and below it else.
    private const int Indent = 2, Beside = 26;

    private readonly StringBuilder _text = new();
    private readonly int _width;

    private HelpPage(int width) => _width = width;

    /// <summary>The help.</summary>
    /// <param name="command">The command.</param>
    /// <param name="width">The longest line in characters.</param>
    public static string Of(Command command, int width)
    {
        var page = new HelpPage(width);
        page.Write(command.Description ?? string.Empty, 0);
        if (command is RootCommand root)
            page.WriteRoot(root);
        else
            page.WriteCommand(command);
        if (Examples.Of(command) is { } example)
            page._text.Append(CultureInfo.InvariantCulture, $"\nExample:\n  {example}\n");
        return page._text.ToString();
    }

    private void WriteRoot(RootCommand root)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\nUsage:\n  {ProgramCommands.ProgramName} COMMAND [OPTIONS]\n");
        foreach ((string title, Command[] commands) in ProgramCommands.Groups)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
            int column = Indent + 2 + root.Subcommands.Where(command => !command.Hidden).Max(command => command.Name.Length);
            foreach (Command command in commands)
                WriteEntry(command.Name, Summary(command), column);
        }

        WriteOptions(root.Options.Where(GlobalOptions.AreOfProgram));
    }

    private void WriteCommand(Command command)
    {
        string arguments = string.Concat(command.Arguments.Select(argument => $" {Named(argument)}"));
        _text.Append(CultureInfo.InvariantCulture, $"\nUsage:\n  {ProgramCommands.ProgramName} {command.Name}{arguments} [OPTIONS]\n");
        if (command.Arguments.Count > 0)
            _text.Append("\nArguments:\n");
        foreach (Argument argument in command.Arguments)
            WriteEntry(argument.Name.ToUpperInvariant(), argument.Description ?? string.Empty, Indent + Beside);
        WriteOptions(command.Options.Concat(GlobalOptions.Of(command)).Distinct());
    }

    /// <summary>An argument as usage shows it: in brackets if it may be left out, with points if there may be several.</summary>
    public static string Named(Argument argument)
    {
        string name = argument.Name.ToUpperInvariant() + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : string.Empty);
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    /// <summary>The first sentence of a command's description, without its point.</summary>
    public static string Summary(Command command)
        => command.Description is { } text && text.IndexOf(". ", StringComparison.Ordinal) is var end and >= 0
            ? text[..end]
            : command.Description?.TrimEnd('.') ?? string.Empty;

    private void WriteOptions(IEnumerable<Option> options)
    {
        foreach ((string title, Option[] members) in OptionGroups.Of(options))
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
            foreach (OptionText option in members.Select(OptionText.Of))
            {
                string value = option.Value.Length > 0 ? $" {option.Value}" : string.Empty;
                string usual = option.Usual.Length > 0 ? $" [default: {option.Usual}]" : string.Empty;
                WriteEntry(string.Join(", ", option.Names) + value, option.Meaning + usual, Indent + Beside);
            }
        }
    }

    private void WriteEntry(string name, string meaning, int column)
    {
        _text.Append(' ', Indent).Append(name);
        int end = Indent + name.Length;
        if (end + 2 > column)
            _text.Append('\n').Append(' ', column);
        else
            _text.Append(' ', column - end);
        Write(meaning, column);
    }

    // The first line begins where the text has come to; a word that is longer than a line stays whole.
    private void Write(string text, int column)
    {
        int at = column;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at > column && at + 1 + word.Length > _width)
            {
                _text.Append('\n').Append(' ', column);
                at = column;
            }

            if (at > column)
            {
                _text.Append(' ');
                at++;
            }

            _text.Append(word);
            at += word.Length;
        }

        _text.Append('\n');
    }
}
