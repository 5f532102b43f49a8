using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Gpu.Devices;
using BasinVolume.Mnist.Companions;

namespace BasinVolume.Mnist.Commands;

/// <summary>--device, the same for every command that computes on one.</summary>
internal static class DeviceOption
{
    /// <summary>What it is called.</summary>
    public const string Name = "--device";

    private const string Usual = "auto", Own = ":auto";

    /// <summary>The option.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>(Name)
        {
            Description = $"Where to compute: {DeviceCatalog.Usage}; with --mpi cuda:auto, a card for each rank; see 'devices'.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => Usual,
        };
        option.Validators.Add(CheckKind);
        option.CompletionSources.Add([.. DeviceCatalog.Specs]);
        return option;
    }

    /// <summary>The device that was asked for; of several of a kind, where each process is to have its own, this process's.</summary>
    public static string Read(ParseResult parsed, Option<string> option)
    {
        string spec = Spelled(parsed.GetRequiredValue(option));
        return spec.EndsWith(Own, StringComparison.Ordinal)
            ? OwnOf(spec[..^Own.Length], [.. DeviceCatalog.List().Where(device => device.Usable).Select(device => device.Spec)], Company.Of(parsed).LocalRank)
            : spec;
    }

    // Of a kind that there is, which devices are there is known once they are looked for.
    private static void CheckKind(OptionResult result)
    {
        if (result.Tokens is not [.., { Value: var word }] || DeviceCatalog.Specs.Contains(Spelled(word).Split(':')[0]))
            return;
        result.AddError($"{Name} must be one of {DeviceCatalog.Usage}; got '{word}'{NearestWord.Hint(Spelled(word), DeviceCatalog.Specs)}.");
    }

    private static string Spelled(string word) => word.Trim().ToLowerInvariant();

    /// <summary>One of the devices of a kind: the first process of a machine has the first, and where there are fewer devices they are shared.</summary>
    /// <param name="kind">The kind: "cuda".</param>
    /// <param name="usable">All devices that can be used.</param>
    /// <param name="place">Which process of its machine it is, from 0.</param>
    internal static string OwnOf(string kind, string[] usable, int place)
    {
        string[] all = [.. usable.Where(device => device.StartsWith($"{kind}:", StringComparison.Ordinal))];
        return all.Length == 0 ? kind : all[place % all.Length];
    }
}
