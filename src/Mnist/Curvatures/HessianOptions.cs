using System.Diagnostics.CodeAnalysis;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>What the Hessian at given weights can be asked for.</summary>
public sealed record HessianOptions : CurvatureOptions
{
    /// <summary>Options that every job has, and the weights.</summary>
    /// <param name="common">What every job has.</param>
    /// <param name="model">A ready-made network's name or a file that describes one.</param>
    /// <param name="weights">A file or a folder.</param>
    [SetsRequiredMembers]
    public HessianOptions(CurvatureOptions common, string model, string weights)
        : base(common) => (Model, Weights) = (model, weights);

    /// <summary>The network: a ready-made one's name, or a JSON file that describes it.</summary>
    public string Model { get; }

    /// <summary>The checkpoint: a file of torch.save, a .safetensors file, or a folder of .npy files.</summary>
    public string Weights { get; }

    /// <summary>What the model is called in the names of files: the checkpoint's name without its extension.</summary>
    public string ModelName => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Weights)));
}
