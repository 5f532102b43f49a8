using System.Collections.Immutable;
using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options that say nothing of what is computed: how it is shown, where it goes, and by whom it is computed.</summary>
internal static class Circumstances
{
    private static readonly ImmutableArray<Option> Shared =
        [GlobalOptions.Quiet, GlobalOptions.Json, GlobalOptions.Config, OutputOption.Out, OutputOption.Force, ResumeOption.Resume, .. MpiOption.All];

    /// <summary>Whether an option is how the result is shown, where it goes, or which processes share the work.</summary>
    public static bool Has(Option option) => Shared.Contains(option);

    /// <summary>The same, and by how many threads it is computed: no number depends on these.</summary>
    public static bool LeaveNumbers(Option option) => Has(option) || option.Name == ThreadsOption.Name;
}
