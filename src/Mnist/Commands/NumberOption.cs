using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is a number in a range, which its description ends with.</summary>
internal static class NumberOption
{
    /// <summary>An option with its usual value.</summary>
    public static Option<TNumber> Of<TNumber>(string name, string description, TNumber usual, NumberRange<TNumber> range)
        where TNumber : struct, INumber<TNumber>
        => new(name)
        {
            Description = Describe(description, range),
            HelpName = "NUMBER",
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse(name, range, result) ?? default,
        };

    /// <summary>An option that is null when it is not given.</summary>
    public static Option<TNumber?> Optional<TNumber>(string name, string description, NumberRange<TNumber> range)
        where TNumber : struct, INumber<TNumber>
        => new(name)
        {
            Description = Describe(description, range),
            HelpName = "NUMBER",
            CustomParser = result => Parse(name, range, result),
        };

    // What it is by default stays at the end.
    private static string Describe<TNumber>(string description, NumberRange<TNumber> range)
        where TNumber : struct, INumber<TNumber>
        => description.IndexOf(" [default:", StringComparison.Ordinal) is var end and >= 0
            ? description.Insert(end, $" [{range}]")
            : $"{description} [{range}]";

    private static TNumber? Parse<TNumber>(string name, NumberRange<TNumber> range, ArgumentResult result)
        where TNumber : struct, INumber<TNumber>
    {
        string word = result.Tokens[^1].Value;
        if (Number.TryRead(word, out TNumber value) && range.Holds(value))
            return value;
        string hint = word.Contains(',', StringComparison.Ordinal) ? ", written without a comma as in 1500 or 0.5" : string.Empty;
        result.AddError($"{name} must be {range.Expected}{hint}; got '{word}'.");
        return null;
    }
}
