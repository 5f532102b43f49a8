using System.Security.Cryptography;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Onnx;

namespace BasinVolume.Mnist.Models;

/// <summary>Models that are ONNX files: structure and weights at once.</summary>
internal static class OnnxModels
{
    /// <summary>What their names end with.</summary>
    public const string Ending = ".onnx";

    /// <summary>Whether a model is one.</summary>
    public static bool Is(string model) => model.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && Path.Exists(model);

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">What was asked of it; null for what it says itself.</param>
    /// <param name="layout">The samples that it is for; null where none are at hand.</param>
    /// <exception cref="DataException">It cannot be read, or has an operator that is not taken.</exception>
    public static ImportedNetwork Open(string path, ModelRequest? choice = null, DataLayout? layout = null)
        => OnnxImport.Read(path, OptionsOf(choice, layout));

    /// <summary>One file with all that it needs, so that it is read alike wherever it lies.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static byte[] SelfContained(string path, ModelRequest choice) => OnnxImport.SelfContained(path, OptionsOf(choice, layout: null));

    /// <summary>What a file and those that it keeps tensors in can be recognised by, in lower-case hexadecimal.</summary>
    /// <exception cref="DataException">One cannot be read.</exception>
    public static string Sha256(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in OnnxImport.FilesOf(path))
            hash.AppendData(Bytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return InputFile.ReadAll(path, Array.MaxLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
        }
    }

    private static ImportOptions OptionsOf(ModelRequest? choice, DataLayout? layout) => new()
    {
        UsualLoss = layout is { HasClasses: false } ? ImportLoss.MeanSquared : null,
        Loss = choice?.Loss switch
        {
            LossChoice.CrossEntropy => ImportLoss.CrossEntropy,
            LossChoice.MeanSquared => ImportLoss.MeanSquared,
            LossChoice.BinaryCrossEntropy => ImportLoss.BinaryCrossEntropy,
            _ => null,
        },
        FoldsBatchNormalization = choice?.FoldsBatchNormalization ?? false,
    };
}
