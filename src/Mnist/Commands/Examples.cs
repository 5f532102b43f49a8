using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>An example of each command, for its help.</summary>
internal static class Examples
{
    /// <summary>A command line that works, or null for a command that is not shown.</summary>
    public static string? Of(Command command) => ArgumentsOf(command) is { } arguments ? $"{ProgramCommands.ProgramName} {arguments}".TrimEnd() : null;

    private static string? ArgumentsOf(Command command) => command is RootCommand ? "--out runs/first" : command.Name switch
    {
        "notebook" => "notebook --samples 500 --seed 7 --out runs/small",
        "train" => "train --model lenet5 --samples 5000 --epochs 3 --out runs/lenet5",
        "hessian" => "hessian --weights model.pt --weighting sample-mean --out runs/mine",
        "curvature" => "curvature --weights runs/lenet5 --largest 5 --precision float32 --out runs/lenet5-curvature",
        "spectrum" => "spectrum --run runs/mine --vectors 10",
        "volume" => "volume --hessian h.npy --threshold 0.5",
        "merge" => "merge part-1 part-2 part-3 --out runs/mine",
        "verify" => "verify --model residual --samples 50 --device cpu",
        "predict" => "predict digit.png --weights runs/lenet5",
        "landscape" => "landscape --run runs/mine --directions leading:2,negative,random:3",
        "report" => "report --run runs/mine",
        "export" => "export --weights runs/lenet5 --onnx lenet5.onnx",
        "devices" => "devices --json",
        "completion" => "completion bash > ~/.local/share/bash-completion/completions/basin-volume",
        _ => null,
    };
}
