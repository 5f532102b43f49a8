using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Models;

/// <summary>Which model a job is about, as it was asked for.</summary>
/// <param name="Model">
/// The network: a ready-made one's name, a JSON file that describes it, or an ONNX file; null for the run's own where the weights are a run's, else for the
/// notebook's.
/// </param>
/// <param name="Weights">A run folder, a file of torch.save, a .safetensors or .npz file, or a folder of .npy files; null if there are none yet.</param>
/// <param name="Name">Which of a run's models; null for its first.</param>
/// <param name="Key">Which part of a file the weights are, with points between keys; null to find it.</param>
public sealed record ModelRequest(string? Model, string? Weights, string? Name, string? Key = null)
{
    /// <summary>The loss that a ready-made or an ONNX file's network ends in; null for the one that suits the data.</summary>
    public LossChoice? Loss { get; init; }

    /// <summary>Whether an ONNX file's batch normalisations go into the layers before them.</summary>
    public bool FoldsBatchNormalization { get; init; }

    /// <summary>A .npz file with inputs and outputs that an ONNX file's network is compared with; null for none.</summary>
    public string? Check { get; init; }
}
