using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BasinVolume.Report.Records;

/// <summary>Lists and tables of documents have no gaps: a reader of JSON checks what a key holds, but not the elements of what it holds.</summary>
internal static class Elements
{
    /// <summary>The list, if nothing in it is null.</summary>
    /// <exception cref="JsonException">Something is.</exception>
    public static ImmutableArray<T> Known<T>(ImmutableArray<T> elements)
    {
        if (elements.IsDefault || elements.Any(element => element is null))
            throw Gap();
        return elements;
    }

    /// <summary>The same where the list itself may be missing.</summary>
    public static ImmutableArray<T>? Known<T>(ImmutableArray<T>? elements) => elements is { } list ? Known(list) : null;

    /// <summary>The list, if nothing in it is null.</summary>
    public static IReadOnlyList<T>? Known<T>(IReadOnlyList<T>? elements)
        => elements is null || elements.All(element => element is not null) ? elements : throw Gap();

    /// <summary>The table, if nothing in it is null.</summary>
    [return: NotNullIfNotNull(nameof(elements))]
    public static IReadOnlyDictionary<string, T>? Known<T>(IReadOnlyDictionary<string, T>? elements)
        => elements is null || elements.Values.All(element => element is not null) ? elements : throw Gap();

    private static JsonException Gap() => new("null stands among the elements of a list");
}
