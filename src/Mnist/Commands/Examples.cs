using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>An example of each command, for its help.</summary>
internal static class Examples
{
    /// <summary>A command line that works, or null for a command that is not shown.</summary>
    public static string? Of(Command command) => ArgumentsOf(command) is { } arguments ? $"{ProgramCommands.ProgramName} {arguments}".TrimEnd() : null;

    private static string? ArgumentsOf(Command command) => command is RootCommand ? "hessian net.onnx --data data.npz --out runs/net" : command.Name switch
    {
        "notebook" => "notebook --samples 500 --seed 7 --out runs/small",
        "train" => "train lenet5 --samples 5000 --epochs 3 --out runs/lenet5",
        "hessian" => "hessian model.pt --data data.npz --out runs/mine",
        "curvature" => "curvature runs/lenet5 --largest 5 --out runs/lenet5-curvature",
        "spectrum" => "spectrum runs/mine --vectors 10",
        "volume" => "volume h.npy --threshold 0.5",
        "merge" => "merge part-1 part-2 part-3 --out runs/mine",
        "verify" => "verify residual --samples 50 --device cpu",
        "predict" => "predict digit.png --weights runs/lenet5",
        "landscape" => "landscape runs/mine --directions leading:2,negative,random:3",
        "report" => "report runs/mine",
        "export" => "export runs/lenet5 lenet5.onnx",
        "devices" => "devices --json",
        "completion" => "completion bash",
        "help" => "help hessian",
        "version" => "version",
        _ => null,
    };
}
