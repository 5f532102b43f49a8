using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Html;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>report: the page of a finished run.</summary>
internal sealed class ReportCommand
{
    private readonly Option<string?> _run = new("--run")
    {
        Description = "The folder of a finished run of any kind; its page is written, or written anew, in it.",
        HelpName = "DIR",
    };

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_run);
        command.SetAction(Execute);
    }

    private int Execute(ParseResult parsed)
    {
        string folder = parsed.GetValue(_run) ?? throw new OptionException("A report is of a finished run; give its folder with --run DIR.");
        (string page, ImmutableArray<string> leftOut) = RunPage.Write(folder);
        Shown.Result(parsed, new() { File = page, LeftOut = leftOut }, RunJson.Default.PageRecord, Shown.Open(page));
        return ExitCodes.Success;
    }
}
