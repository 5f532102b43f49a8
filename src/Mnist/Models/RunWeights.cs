using System.Collections.Immutable;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Models;

/// <summary>Where a run left the weights of a model, and of what network they are.</summary>
/// <param name="Folder">The folder with a .npy file for each tensor.</param>
/// <param name="Name">What the model is called.</param>
/// <param name="All">What all models of the run are called.</param>
/// <param name="Network">The network as --model had it.</param>
/// <param name="Frame">What a ready-made network has to fit.</param>
/// <param name="Normalization">How elements became inputs.</param>
/// <param name="Data">What is said of the data.</param>
public sealed record RunWeights(
    string Folder, string Name, ImmutableArray<string> All, string Network, ModelFrame Frame, Normalization Normalization, DataRecord Data)
{
    private const string Expected = "a finished notebook, hessian, curvature or train run";

    /// <summary>Whether a folder is a run's, rather than one of tensors.</summary>
    public static bool IsRun(string folder) => RunModels.AreIn(folder);

    /// <summary>Finds the weights of a model of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <exception cref="DataException">There is no result.json of this program, or it has no such model.</exception>
    public static RunWeights Find(string folder, string? name)
    {
        var run = RunModels.Read(folder, Expected);
        string chosen = run.Model(name).Name;
        return new(NamedFile.In(folder, $"weights-{chosen}"), chosen, run.Names, run.NetworkOf(chosen), run.Frame, run.Normalization, run.Data);
    }

    /// <summary>How pixels became inputs when weights were trained that lie as a run of this program leaves them; null if they do not.</summary>
    /// <param name="weights">A file or folder.</param>
    /// <exception cref="DataException">They do, but the run is not finished or its result cannot be read.</exception>
    public static Normalization? NormalizationBeside(string weights)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(weights));
        if (Path.GetDirectoryName(full) is not { } folder || !Path.GetFileName(full).StartsWith("weights-", StringComparison.Ordinal))
            return null;
        if (IsRun(folder))
            return RunModels.Read(folder, Expected).Normalization;
        // What an interrupted training left says itself how its inputs were made, where its form has room for that.
        if (OutputFolder.IsUnfinished(folder) && Path.GetExtension(full) == SafeTensors.Extension)
            return null;
        UnfinishedRun.Refuse(folder, RunKind.OfModels);
        return null;
    }
}
