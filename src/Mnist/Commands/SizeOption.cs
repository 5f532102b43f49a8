using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is an amount of memory: a number of bytes, or a number with KiB, MiB, GiB, KB, MB or GB behind it.</summary>
internal static class SizeOption
{
    private static readonly (string Unit, double Bytes)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), (string.Empty, 1)];

    /// <summary>The option; null when it is not given.</summary>
    public static Option<long?> Of(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string word = result.Tokens[^1].Value;
            if (Parse(word) is { } bytes)
                return bytes;
            result.AddError($"{name} must be an amount of memory such as 512MiB or 1.5GB; got '{word}'.");
            return null;
        },
    };

    private static long? Parse(string word)
    {
        (string unit, double bytes) = Units.First(unit => word.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        bool isNumber = Number.TryRead(word.AsSpan(0, word.Length - unit.Length), out double count);
        return isNumber && count * bytes is >= 1 and < long.MaxValue ? (long)(count * bytes) : null;
    }
}
