using System.Globalization;
using System.Text.Json;

namespace BasinVolume.Mnist.Html;

/// <summary>What a run's documents say, for a person. A key that is not there says nothing, so that documents of older runs can be shown.</summary>
internal static class Json
{
    /// <summary>What stands for a value that is not there.</summary>
    public const string Nothing = "–";

    /// <summary>What stands under a path of keys; null if there is no such key, or null under it.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>The elements of a list under a path; none if there is no such list.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The members of an object under a path; none if there is no such object.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    /// <summary>What stands under a path as a text.</summary>
    public static string Text(this JsonElement element, params ReadOnlySpan<string> path) => Text(element.At(path));

    /// <summary>A value as a text: numbers with eight significant digits at most.</summary>
    public static string Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => Nothing,
        { ValueKind: JsonValueKind.Number } number => Number(number),
        { ValueKind: JsonValueKind.True } => "yes",
        { ValueKind: JsonValueKind.False } => "no",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(element => Text(element))),
        { } other => other.GetRawText(),
    };

    private static string Number(JsonElement number)
        => number.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : number.GetDouble().ToString("g8", CultureInfo.InvariantCulture);
}
