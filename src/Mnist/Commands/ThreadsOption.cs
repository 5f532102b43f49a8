using System.CommandLine;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--threads, the same for every command that computes.</summary>
internal static class ThreadsOption
{
    /// <summary>What it is called.</summary>
    public const string Name = "--threads";

    /// <summary>The option.</summary>
    public static Option<int?> Create()
        => NumberOption.Optional<int>(
            Name,
            "Threads of the processor; no result depends on it. [default: all that it has, or with --mpi this rank's part of them]",
            NumberRanges.Threads);

    /// <summary>The number that was asked for, or all.</summary>
    public static int Read(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) ?? Company.Of(parsed).Threads;
}
