using System.CommandLine;
using System.CommandLine.Help;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>What is said of an option: its names, its value, its meaning and what it is when it is not given.</summary>
/// <param name="Names">Its short name, if it has one, and its name.</param>
/// <param name="Value">What its value is called; empty if it takes none.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Usual">What it is when it is not given; empty where that is nothing.</param>
internal sealed record OptionText(string[] Names, string Value, string Meaning, string Usual)
{
    private const string Mark = " [default: ";

    /// <summary>Reads it off an option.</summary>
    public static OptionText Of(Option option)
    {
        (string meaning, string usual) = Described(option);
        string[] names = [.. option.Aliases.Where(alias => !FormerName.Is(alias) && IsUnix(alias)).Order(StringComparer.Ordinal), option.Name];
        return new(names, option is HelpOption or VersionOption ? string.Empty : option.HelpName ?? string.Empty, meaning, usual);
    }

    // A default that depends on the machine or on other options is said in the description.
    private static (string Meaning, string Usual) Described(Option option)
    {
        string description = option.Description ?? string.Empty;
        int at = description.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0
            ? (description[..at], description[(at + Mark.Length)..].TrimEnd(']'))
            : (description, option.HasDefaultValue && option is not Option<bool> ? Usually(option.GetDefaultValue()) : string.Empty);
    }

    // As ranges are written, and as numbers are everywhere else.
    private static string Usually(object? value) => value is double number ? Number.Spelled(number) : $"{value}";

    // -? and /h are taken, and -h is enough to know.
    private static bool IsUnix(string alias) => alias.Length == 2 && alias[0] == '-' && char.IsAsciiLetter(alias[1]);
}
