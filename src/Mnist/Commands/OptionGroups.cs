using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>Options by what they are about, as help shows them. One name means one thing in all commands, so that a name has one group.</summary>
internal static class OptionGroups
{
    private static readonly (string Title, string[] Names)[] Groups =
    [
        ("Model or matrix",
        [
            "--hessian", "--run", "--model", "--weights", "--name", "--key", "--gradient", "--loss-value", "--loss", "--fold-batch-normalization", "--check",
            "--initial-weights", "--matrix-precision", "--asymmetry-tolerance", "--zero-tolerance",
        ]),
        ("Data",
        [
            "--data", "--data-format", "--test-data", "--labels", "--label", "--target", "--resize", "--channels", "--channels-first", "--channels-last",
            "--elements", "--transposed", "--classes", "--normalize", "--mean", "--std", "--samples", "--sampling", "--indices", "--seed",
        ]),
        ("Training", ["--epochs", "--lr", "--gamma", "--batch-size"]),
        ("What is computed",
        [
            "--weighting", "--weight-decay", "--penalty", "--matrix", "--tensors", "--largest", "--smallest", "--pair-tolerance", "--trace-tolerance",
            "--probes", "--steps", "--vectors", "--range", "--damping", "--alpha", "--products", "--directions", "--points", "--side", "--reach", "--rays",
            "--population", "--ray-tolerance", "--preconditioner", "--converge", "--converge-tolerance", "--converge-steps", "--shard",
        ]),
        ("Constants of the volume",
            ["--threshold", "--threshold-kind", "--sigma", "--sigma-file", "--k", "--temperature", "--prior-centre", "--centre"]),
        ("Where and how it is computed", [DeviceOption.Name, "--precision", ThreadsOption.Name, "--memory", MpiOption.Name, "--mpi-library"]),
        ("Output", ["--onnx", "--audit", "--out", "--force", "--resume"]),
        ("In common", ["--json", "--quiet", "--config", "--help", "--version"]),
    ];

    /// <summary>The options that are shown, group by group, in the groups' order.</summary>
    public static IEnumerable<(string Title, Option[] Options)> Of(IEnumerable<Option> options)
    {
        Option[] shown = [.. options.Where(option => !option.Hidden)];
        foreach ((string title, string[] names) in Groups)
        {
            Option[] members = [.. shown.Where(option => names.Contains(option.Name)).OrderBy(option => Array.IndexOf(names, option.Name))];
            if (members.Length > 0)
                yield return (title, members);
        }
    }
}
