using System.Collections.Immutable;
using BasinVolume.Mnist.Jobs.PartJob;

namespace BasinVolume.Mnist.Commands;

/// <summary>What every command does with a part of its result.</summary>
internal static class PartOutcome
{
    /// <summary>Leaves it, and says what it is and what to do with it.</summary>
    /// <param name="run">What the job leaves.</param>
    /// <param name="result">The part.</param>
    /// <param name="command">The command whose result it is a part of.</param>
    /// <param name="commandLine">How it was asked for.</param>
    /// <param name="words">The options that the job is repeated with.</param>
    public static Outcome Leave(LoggedRun run, PartResult result, string command, string? commandLine, ImmutableArray<string> words)
    {
        run.Leave(PartRecords.Of(result, command, commandLine, words));
        return new(result.Seconds);
    }
}
