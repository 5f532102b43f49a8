using System.CommandLine;
using System.CommandLine.Help;

namespace BasinVolume.Mnist.Commands;

/// <summary>All commands of the program.</summary>
internal static class ProgramCommands
{
    /// <summary>What the program is called when it is installed.</summary>
    public const string ProgramName = "basin-volume";

    /// <summary>The commands below their root; made once, for an option may be a part of several commands.</summary>
    public static RootCommand Root { get; } = Create();

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "From images to basin volume: trains the notebook's two models and computes Hessian, spectrum and volumes. Without a command it runs 'notebook'.");
        GlobalOptions.AddTo(root);
        var notebook = new NotebookCommand();
        notebook.AddTo(root);
        Add(root, "notebook", "Train the notebook's two models and compute Hessian, spectrum and volumes.", notebook.AddTo);
        Add(
            root,
            "train",
            "Train a model and leave its weights in the forms that PyTorch, NumPy and others take, and its curves as CSV.",
            new TrainCommand().AddTo);
        (HessianCommand hessian, VolumeCommand volume) = (new(), new());
        Add(root, "hessian", "Compute Hessian, spectrum and volumes of one model, at given weights or after training it.", hessian.AddTo);
        Add(
            root,
            "curvature",
            "Curvature of a network of any size by products with directions: eigenpairs at both ends, trace, distribution of the eigenvalues, log det, "
            + "effective dimension and inertia, each with an interval.",
            new CurvatureCommand().AddTo);
        Add(
            root,
            "spectrum",
            "Eigenvalues, eigenvectors and log-determinant of anyone's symmetric matrix (--hessian) or of a run's Hessian (--run).",
            new SpectrumCommand().AddTo);
        Add(
            root,
            "volume",
            "The basin's volume by every definition side by side, of a run (--run) or of anyone's Hessian (--hessian).",
            volume.AddTo);
        Add(
            root,
            "merge",
            "Put the parts together that 'hessian --shard' or 'volume --shard' left, and go on as that command would: the result has the same bits.",
            new MergeCommand(hessian, volume).AddTo);
        Add(
            root,
            "verify",
            "Check the derivatives of a network against every exact identity that they must keep; exit code 1 if one is broken. "
            + "On ilgpu-cpu take few images (--samples 5): it is a thousand times slower than cpu.",
            new VerifyCommand().AddTo);
        Add(root, "predict", "Say what pictures show, and how sure the model is.", new PredictCommand().AddTo);
        Add(
            root,
            "landscape",
            "The true loss along directions, beside its quadratic model, and over the plane of two eigenvectors, "
            + "of a run (--run) or of any model, whose Hessian is computed first.",
            new LandscapeCommand().AddTo);
        Add(
            root,
            "report",
            "Write report.html of a finished run: one page with its numbers, its pictures, where they come from, and how to repeat it.",
            new ReportCommand().AddTo);
        Add(
            root,
            "export",
            "Write a network with its weights as an ONNX file, which PyTorch, Netron and ONNX Runtime open; its output is logits.",
            new ExportCommand().AddTo);
        root.Subcommands.Add(DevicesCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        foreach (Command reference in ReferenceCommand.Create())
            root.Subcommands.Add(reference);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }

    private static void Add(RootCommand root, string name, string description, Action<Command> fill)
    {
        var command = new Command(name, description);
        fill(command);
        root.Subcommands.Add(command);
    }
}
