using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// Names that options had before one thing had one name in all commands. They work as ever, and nothing shows them: of the names that an option has beside its
/// own those of one letter are short ones, and the others former ones.
/// </summary>
internal static class FormerName
{
    private const string Long = "--";

    /// <summary>Gives an option a former name.</summary>
    public static TOption Formerly<TOption>(this TOption option, string name)
        where TOption : Option
    {
        option.Aliases.Add(name);
        return option;
    }

    /// <summary>Whether a name is a former one.</summary>
    public static bool Is(string alias) => alias.StartsWith(Long, StringComparison.Ordinal);

    /// <summary>What an option is called and was called.</summary>
    public static IEnumerable<string> AndNow(Option option) => Of(option).Prepend(option.Name);

    /// <summary>Those that an option had.</summary>
    public static IEnumerable<string> Of(Option option) => option.Aliases.Where(Is).Order(StringComparer.Ordinal);
}
