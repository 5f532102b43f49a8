using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is one of a few words.</summary>
internal static class Choice
{
    /// <summary>An option over the values of an enumeration, spelled as <paramref name="spell"/> spells them.</summary>
    public static Option<TEnum> Of<TEnum>(string name, string description, TEnum usual, Func<TEnum, string> spell)
        where TEnum : struct, Enum
    {
        Dictionary<string, TEnum> words = Enum.GetValues<TEnum>().ToDictionary(spell, StringComparer.Ordinal);
        var option = new Option<TEnum>(name)
        {
            Description = $"{description} [{string.Join(", ", words.Keys)}]",
            HelpName = string.Join('|', words.Keys),
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (words.TryGetValue(word, out TEnum value))
                    return value;
                result.AddError($"{name} must be one of {string.Join(", ", words.Keys)}; got '{word}'.");
                return default;
            },
        };
        option.CompletionSources.Add(_ => words.Keys.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        return option;
    }
}
