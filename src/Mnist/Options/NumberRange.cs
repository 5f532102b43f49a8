using System.Globalization;
using System.Numerics;

namespace BasinVolume.Mnist.Options;

/// <summary>What a number that can be asked for may be: the ends belong to it. It is finite, and so is what is computed from numbers inside.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
public sealed record NumberRange<TNumber>(TNumber Least, TNumber Most)
    where TNumber : struct, INumber<TNumber>
{
    /// <summary>What is expected, for sentences: "a whole number from 1 to 1024".</summary>
    public string Expected => $"a {(typeof(TNumber) == typeof(double) ? "number" : "whole number")} from {this}";

    /// <summary>Whether a number is inside; NaN never is.</summary>
    public bool Holds(TNumber value) => value >= Least && value <= Most;

    /// <summary>Demands that a number is inside.</summary>
    /// <param name="name">The option that it belongs to.</param>
    /// <param name="value">The number; null where none was asked for, which is allowed.</param>
    /// <exception cref="OptionException">It is outside.</exception>
    public void Demand(string name, TNumber? value)
    {
        if (value is { } number && !Holds(number))
            throw new OptionException($"{name} must be {Expected}; got {Text(number)}.");
    }

    /// <summary>Both ends.</summary>
    public override string ToString() => $"{Text(Least)} to {Text(Most)}";

    private static string Text(TNumber value) => value is double number ? Number.Spelled(number) : value.ToString("g", CultureInfo.InvariantCulture);
}
