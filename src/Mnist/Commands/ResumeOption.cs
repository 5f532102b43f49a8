using System.CommandLine;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--resume, the same for every command that keeps its work while it is not finished.</summary>
internal static class ResumeOption
{
    /// <summary>--resume.</summary>
    public static Option<bool> Resume { get; } = new("--resume")
    {
        Description = "Go on with the unfinished run of the same command in the folder of --out; it ends with the numbers of one that was not interrupted.",
    };

    /// <summary>Whether it was given.</summary>
    /// <exception cref="OptionException">It was, without a folder.</exception>
    public static bool IsGiven(ParseResult parsed)
    {
        if (parsed.GetResult(Resume) is null || !parsed.GetValue(Resume))
            return false;
        if (parsed.GetValue(OutputOption.Out) is null)
            throw new OptionException("--resume goes on with the run of a folder, and no folder is given; name it with --out.");
        return true;
    }

    /// <summary>What the command line asks for: the command's name, and every option that was given and that a number may depend on.</summary>
    public static Fingerprint CommandOf(ParseResult parsed) => new([.. OptionWords.Entries(parsed, Circumstances.LeaveNumbers)]);
}
