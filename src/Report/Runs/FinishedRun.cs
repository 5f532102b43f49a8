using System.Text.Json;
using System.Text.RegularExpressions;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Runs;

/// <summary>Reads what a finished run says: the only way back from a folder to a record.</summary>
public static partial class FinishedRun
{
    /// <summary>The most bytes of a result and of every other document of a run: a thousand times what a run writes.</summary>
    public const long MostBytes = 1L << 24;

    /// <summary>Whether a folder holds a finished run of a kind.</summary>
    public static bool IsIn(string folder, RunKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Path.Exists(Path.Combine(folder, kind.ResultName));
    }

    /// <summary>Reads the record of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="kind">What kind of run.</param>
    /// <param name="expected">What the folder must be, for errors: "a finished run that …".</param>
    /// <exception cref="DataException">There is no such result, or one that is not finished, or it is not as this program writes it.</exception>
    public static IRunRecord Read(string folder, RunKind kind, string expected)
    {
        ArgumentNullException.ThrowIfNull(kind);
        string path = Path.Combine(folder, kind.ResultName);
        if (kind != RunKind.Part && !Path.Exists(path) && PartFolder.Is(folder))
            throw PartFolder.InsteadOfRun(folder);
        if (!Path.Exists(path))
            UnfinishedRun.Refuse(folder, RunKind.All);
        try
        {
            return kind.Read(InputFile.ReadAll(path, MostBytes)) ?? throw new JsonException("it holds no object");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new DataException($"{path} is not the result of {expected} ({ReasonOf(e)}); give the folder of {expected}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give the folder of {expected}.", e);
        }
    }

    // The reader of JSON speaks of types of this program; the key is what a person can look for.
    private static string ReasonOf(Exception e)
    {
        string place = e is JsonException { Path: ['$', '.', .. var path] } ? path : string.Empty, message = e.Message;
        if (Missing().Match(message) is { Success: true } missing)
            return Printable.Name($"it has no {missing.Groups[1].Value}{(place.Length > 0 ? $" in {place}" : string.Empty)}");
        return Printable.Name(message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) || message.Contains(
            "null values", StringComparison.Ordinal)
            ? $"{(place.Length > 0 ? place : "it")} holds something else than it should"
            : message.ReplaceLineEndings(" ").TrimEnd('.'));
    }

    [GeneratedRegex("missing required properties including: ([^.;]*)")]
    private static partial Regex Missing();
}
