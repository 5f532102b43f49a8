using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace BasinVolume.Mnist.Commands;

/// <summary>All commands of the program.</summary>
internal static class ProgramCommands
{
    /// <summary>What the program is called when it is installed.</summary>
    public const string ProgramName = "basin-volume";

    private static readonly HessianCommand Hessian = new();
    private static readonly VolumeCommand Volume = new();

    /// <summary>The commands that help shows, by what they are for.</summary>
    public static (string Title, Command[] Commands)[] Groups { get; } =
    [
        ("Curvature of a model",
        [
            Of(
                HessianCommand.Name, "Hessian, spectrum and volumes of one model. At given weights, or after training it.", Hessian.AddTo),
            Of(
                "curvature",
                "Curvature of a network of any size, by products. Eigenpairs at both ends, trace, distribution of the eigenvalues, log det, "
                + "effective dimension and inertia, each with an interval.",
                new CurvatureCommand().AddTo),
            Of(
                VerifyCommand.Name,
                "Check a network's derivatives against exact identities. The exit code is 1 if one is broken. "
                + "On ilgpu-cpu take few images (--samples 5): it is a thousand times slower than cpu.",
                new VerifyCommand().AddTo),
        ]),
        ("From a run or a matrix",
        [
            Of(
                "spectrum",
                "Eigenvalues, eigenvectors and log-determinant of a matrix. Anyone's symmetric matrix, or a run's Hessian.",
                new SpectrumCommand().AddTo),
            Of(
                VolumeCommand.Name, "The basin's volume by every definition side by side. Of a run, or of anyone's Hessian.", Volume.AddTo),
            Of(
                LandscapeCommand.Name,
                "The true loss along directions and over a plane. Beside its quadratic model; of a run, or of any model, whose Hessian is computed first.",
                new LandscapeCommand().AddTo),
            Of(
                "report",
                "Write report.html of a finished run. One page with its numbers, its pictures, where they come from, and how to repeat it.",
                new ReportCommand().AddTo),
            Of(
                "merge",
                "Put the parts of one result together. 'hessian --shard' or 'volume --shard' left them; it goes on as that command would, and the result "
                + "has the same bits.",
                new MergeCommand(Hessian, Volume).AddTo),
        ]),
        ("Models",
        [
            Of(
                "train",
                "Train a model. Its weights are left in the forms that PyTorch, NumPy and others take, its curves as CSV.",
                new TrainCommand().AddTo),
            Of(PredictCommand.Name, "Say what pictures show, and how sure the model is.", new PredictCommand().AddTo),
            Of(
                "export",
                "Write a network with its weights as an ONNX file. PyTorch, Netron and ONNX Runtime open it; its output is logits.",
                new ExportCommand().AddTo),
            Of(
                NotebookCommand.Name,
                "Go from MNIST to basin volumes, as a research notebook did. Options without a command are of this one.",
                new NotebookCommand().AddTo),
        ]),
        ("The program itself", [DevicesCommand.Create(), CompletionCommand.Create(), HelpCommand.Create(), HelpCommand.CreateVersion()]),
    ];

    private static readonly string[] WithoutResult =
        [CompletionCommand.Name, HelpCommand.Name, HelpCommand.VersionName, ReferenceCommand.Name, ReferenceCommand.ResultName];

    /// <summary>All of them, in their order.</summary>
    public static IEnumerable<Command> Shown => Groups.SelectMany(group => group.Commands);

    /// <summary>The commands below their root; made once, for an option may be a part of several commands.</summary>
    public static RootCommand Root { get; } = Create();

    /// <summary>Whether a command gives a result, which can be asked for and shown in several ways.</summary>
    public static bool GiveResult(string command) => !WithoutResult.Contains(command);

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "How curved a network's loss is around its weights: exact Hessian, spectrum and basin volume, from a model and its data.");
        GlobalOptions.AddTo(root);
        new NotebookCommand().AddTo(root);
        foreach (Command command in (Command[])[.. Shown, .. ReferenceCommand.Create()])
            root.Subcommands.Add(command);
        root.Options.OfType<HelpOption>().Single().Action = new GroupedHelp();
        SuggestDirective suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new Suggestions(suggest);
        Completions.AddTo(root);
        return root;
    }

    private static Command Of(string name, string description, Action<Command> fill)
    {
        var command = new Command(name, description);
        fill(command);
        return command;
    }
}
