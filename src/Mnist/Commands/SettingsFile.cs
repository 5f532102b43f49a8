using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// The JSON file of --config: an object whose keys are the names of a command's options, without their dashes, and whose values are what would follow them.
/// </summary>
internal static class SettingsFile
{
    private const long MostBytes = 1L << 20;

    /// <summary>The words of a command line that say what a file says, for all options that the command line does not give itself.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parsed">The command line without it.</param>
    /// <exception cref="DataException">The file cannot be read or is no JSON object.</exception>
    /// <exception cref="OptionException">A key is no option of the command, or its value cannot follow an option.</exception>
    public static string[] Words(string path, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        Dictionary<string, Option> known = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Where(option => option is not (HelpOption or VersionOption) && option != GlobalOptions.Config).Distinct()
            .SelectMany(option => FormerName.AndNow(option).Select(name => KeyValuePair.Create(name[2..], option))).ToDictionary(StringComparer.Ordinal);
        try
        {
            // As text, for some editors begin a file with a byte order mark.
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadText(path, MostBytes), new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException($"it holds {Kind(document.RootElement)}");
            return [.. document.RootElement.EnumerateObject().SelectMany(
                setting => WordsOf(path, setting, OptionOf(path, setting.Name, command, known), parsed))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataException(
                $"{path} is no settings file ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); expected a JSON object such as {{ \"samples\": 500, "
                + $"\"weighting\": \"sample-mean\" }}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a settings file that exists and that you may read.", e);
        }
    }

    private static Option OptionOf(string path, string key, Command command, Dictionary<string, Option> known)
    {
        if (known.TryGetValue(key, out Option? option))
            return option;
        IEnumerable<string> shown = known.Values.Select(option => option.Name[2..]);
        string nearest = shown.MinBy(name => EditDistance.Between(Printable.Name(key), name))!;
        string whose = command is RootCommand ? NotebookCommand.Name : command.Name;
        throw new OptionException(
            $"{path} has the key '{Printable.Name(key)}', which is no option of '{whose}'; the nearest is '{nearest}', "
            + $"and 'basin-volume {whose} --help' has all.");
    }

    private static string[] WordsOf(string path, JsonProperty setting, Option option, ParseResult parsed)
    {
        if (GlobalOptions.IsGiven(parsed, option))
            return [];
        JsonElement value = setting.Value;
        return (value.ValueKind, option is Option<bool>) switch
        {
            (JsonValueKind.True, true) => [option.Name],
            (JsonValueKind.False, true) => [],
            // Behind the equals sign of an empty text the command line would take the next word.
            (JsonValueKind.String, false) when value.GetString()!.Length == 0 => throw new OptionException(
                $"{path} has an empty text for '{setting.Name}', expected what would follow {option.Name}; write it, or leave the key out."),
            (JsonValueKind.String, false) => [$"{option.Name}={value.GetString()}"],
            (JsonValueKind.Number, false) => [$"{option.Name}={value.GetRawText()}"],
            (_, var isFlag) => throw new OptionException(
                $"{path} has {Kind(value)} for '{Printable.Name(setting.Name)}', expected {(isFlag ? "true or false" : "a text or a number")}; "
                + $"write it as after {option.Name}."),
        };
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
