using System.CommandLine;
using System.CommandLine.Parsing;

namespace BasinVolume.Mnist.Commands;

/// <summary>A value of an enumeration with its spelling on the command line, which is how help shows a usual one.</summary>
/// <param name="Value">The value.</param>
/// <param name="Spelling">How it is spelled.</param>
internal readonly record struct Choice<TEnum>(TEnum Value, string Spelling)
    where TEnum : struct, Enum
{
    public static implicit operator TEnum(Choice<TEnum> choice) => choice.Value;

    /// <inheritdoc/>
    public override string ToString() => Spelling;
}

/// <summary>An option whose value is one of a few words.</summary>
internal static class Choice
{
    /// <summary>An option over the values of an enumeration, spelled as <paramref name="spell"/> spells them.</summary>
    public static Option<Choice<TEnum>> Of<TEnum>(string name, string description, TEnum usual, Func<TEnum, string> spell)
        where TEnum : struct, Enum
    {
        string[] words = WordsOf(spell);
        var option = new Option<Choice<TEnum>>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => new(usual, spell(usual)),
            CustomParser = result => Parse<TEnum>(name, words, result) ?? default,
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>The same, null when it is not given.</summary>
    public static Option<Choice<TEnum>?> Optional<TEnum>(string name, string description, Func<TEnum, string> spell)
        where TEnum : struct, Enum
    {
        string[] words = WordsOf(spell);
        var option = new Option<Choice<TEnum>?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => Parse<TEnum>(name, words, result),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>The same of words that are no enumeration's.</summary>
    public static Option<string?> Optional(string name, string description, string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: var word }] && !words.Contains(word))
                result.AddError(Refusal(name, words, word));
        });
        option.CompletionSources.Add(words);
        return option;
    }

    // A loop of ours is compiled with the program; a query over each of a dozen enumerations would be compiled at every start, for a fifth of its time.
    private static string[] WordsOf<TEnum>(Func<TEnum, string> spell)
        where TEnum : struct, Enum
    {
        TEnum[] values = Enum.GetValues<TEnum>();
        string[] words = new string[values.Length];
        for (int i = 0; i < words.Length; i++)
            words[i] = spell(values[i]);
        return words;
    }

    private static Choice<TEnum>? Parse<TEnum>(string name, string[] words, ArgumentResult result)
        where TEnum : struct, Enum
    {
        string word = result.Tokens[^1].Value;
        int index = Array.IndexOf(words, word);
        if (index >= 0)
            return new(Enum.GetValues<TEnum>()[index], word);
        result.AddError(Refusal(name, words, word));
        return null;
    }

    private static string Refusal(string name, string[] words, string word)
        => $"{name} must be one of {string.Join(", ", words)}; got '{word}'{NearestWord.Hint(word, words)}.";
}
