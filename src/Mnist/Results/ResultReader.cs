using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Results;

/// <summary>Reads what earlier runs left in their result.json.</summary>
internal static class ResultReader
{
    private const string ResultName = "result.json";

    /// <summary>The most bytes of a result, and of every other document of a run: a thousand times what a run writes.</summary>
    public const long MostBytes = 1L << 24;

    /// <summary>Whether a folder is a run's.</summary>
    public static bool IsRun(string folder) => Path.Exists(Path.Combine(folder, ResultName));

    /// <summary>Reads something of a run.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="expected">What the folder must be, for errors: "a finished run that …".</param>
    /// <param name="read">Reads it, given the path and the content of the result; a missing key is this file's fault.</param>
    /// <exception cref="DataException">There is no result.json of this program, or it lacks what is wanted.</exception>
    public static T Read<T>(string folder, string expected, Func<string, JsonElement, T> read)
    {
        string path = Path.Combine(folder, ResultName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadAll(path, MostBytes));
            return read(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or VolumeParameterException)
        {
            throw new DataException($"{path} is not the result of {expected} ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); give the folder of {expected}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give the folder of {expected}.", e);
        }
    }

    /// <summary>A model of a run.</summary>
    /// <param name="path">The result, for errors.</param>
    /// <param name="root">Its content.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <returns>What is said of it, what it is called, and what all models are called.</returns>
    /// <exception cref="DataException">The run has no such model.</exception>
    public static (JsonElement Model, string Name, ImmutableArray<string> All) ModelOf(string path, JsonElement root, string? name)
    {
        JsonElement[] models = [.. root.Key("models").EnumerateArray()];
        ImmutableArray<string> names = [.. models.Select(NameOf)];
        int index = name is null ? 0 : names.IndexOf(name);
        return models.Length == 0 || index < 0
            ? throw new DataException($"{path} has no model '{Printable.Name(name)}': it has {Printable.List(names)}; choose one of them with --name.")
            : (models[index], names[index], names);
    }

    /// <summary>A model's network as --model has it: the description in the run's folder if there is one, or what was asked for. The main job has one network, so its options name none.</summary>
    public static string NetworkOf(string folder, string model, JsonElement root)
    {
        string description = RunFolder.NetworkFileOf(folder, model);
        if (File.Exists(description))
            return description;
        return root.Key("options").TryGetProperty("model", out JsonElement asked) ? TextOf(asked) : ModelCatalog.Names[0];
    }

    /// <summary>How pixels became inputs; before that was recorded, it was always with MNIST's constants.</summary>
    public static Normalization NormalizationOf(JsonElement root)
    {
        if (!root.Key("data").TryGetProperty("normalization", out JsonElement said))
            return Normalization.Mnist;
        return Normalization.TryCreate(Numbers(said.Key("mean")), Numbers(said.Key("std")), out Normalization? normalization)
            ? normalization
            : throw new FormatException("its normalization has other numbers than means and standard deviations");
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>What a model or a tensor is called: a name that a file can have too.</summary>
    public static string NameOf(JsonElement named)
    {
        string name = TextOf(named.Key("name"));
        return FileName.FaultOf(name) is { } fault ? throw new FormatException($"the name '{Printable.Name(name)}' {fault}, so it cannot be a file's") : name;
    }

    /// <summary>A text that is there.</summary>
    public static string TextOf(JsonElement text) => text.GetString() ?? throw new FormatException("null stands where a text should");

    /// <summary>What stands under a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key; the message names it.</exception>
    public static JsonElement Key(this JsonElement element, string key)
        => element.TryGetProperty(key, out JsonElement value) ? value : throw new KeyNotFoundException($"it has no '{key}'");
}
