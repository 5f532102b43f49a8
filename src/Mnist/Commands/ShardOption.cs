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
}
