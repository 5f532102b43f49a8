using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is a number.</summary>
internal static class NumberOption
{
    /// <summary>An option with its usual value.</summary>
    public static Option<TNumber> Of<TNumber>(string name, string description, TNumber usual)
        where TNumber : struct, IParsable<TNumber>
        => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse<TNumber>(name, result) ?? default,
        };

    /// <summary>An option that is null when it is not given.</summary>
    public static Option<TNumber?> Optional<TNumber>(string name, string description)
        where TNumber : struct, IParsable<TNumber>
        => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = result => Parse<TNumber>(name, result),
        };

    private static TNumber? Parse<TNumber>(string name, ArgumentResult result)
        where TNumber : struct, IParsable<TNumber>
    {
        string word = result.Tokens[^1].Value;
        if (TNumber.TryParse(word, CultureInfo.InvariantCulture, out TNumber value))
            return value;
        result.AddError($"{name} must be a {(typeof(TNumber) == typeof(double) ? "number" : "whole number in range")}; got '{word}'.");
        return null;
    }
}
