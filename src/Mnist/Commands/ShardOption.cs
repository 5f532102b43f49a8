using System.CommandLine;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--shard, the same for every command that can compute a part of its result.</summary>
internal static class ShardOption
{
    /// <summary>What it is called.</summary>
    public const string Name = "--shard";

    /// <summary>The option; null when it is not given.</summary>
    /// <param name="share">What a part is a share of.</param>
    public static Option<Shard?> Create(string share) => new(Name)
    {
        Description = $"Compute part I of K alone, {share}, and leave it in a folder of its own; 'merge' puts all K together. [default: all]",
        HelpName = "I/K",
        CustomParser = result =>
        {
            string word = result.Tokens[^1].Value;
            if (Shard.Read(word) is { } shard)
                return shard;
            result.AddError($"{Name} must be I/K, part I of K with I from 1 to K and K at most {Shard.MostParts}, as in 3/16; got '{word}'.");
            return null;
        },
    };

    /// <summary>Which part was asked for; null for all.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <exception cref="OptionException">The part is to be shared with others as well, or was to be kept while it is not finished.</exception>
    public static Shard? Read(ParseResult parsed, Option<Shard?> option)
    {
        if (parsed.GetValue(option) is not { } shard)
            return null;
        if (MpiOption.All.Any(other => GlobalOptions.IsGiven(parsed, other)))
            throw new OptionException($"{Name} {shard} is computed alone, and {MpiOption.Name} shares the work among ranks; give one of the two.");
        return GlobalOptions.IsGiven(parsed, ResumeOption.Resume)
            ? throw new OptionException($"{Name} {shard} is computed at once, and keeps nothing that --resume could go on with; leave it out.")
            : shard;
    }
}
