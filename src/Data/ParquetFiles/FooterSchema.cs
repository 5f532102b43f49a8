using System.Collections.Frozen;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>
/// The structures of a Parquet file's footer, as parquet.thrift of the format's specification has them: for each the kinds of its fields 1, 2, …
/// <c>i</c> is a whole number, <c>y</c> a byte, <c>b</c> a truth value, <c>d</c> a double, <c>s</c> bytes or text, <c>-</c> a number that no field has, a
/// structure is called by its name, and a list has its elements in brackets.
/// </summary>
internal static class FooterSchema
{
    /// <summary>The structure that a footer is.</summary>
    public const string Root = "FileMetaData";

    private static readonly FrozenDictionary<string, string[]> Structures = new Dictionary<string, string>
    {
        [Root] = "i [SchemaElement] i [RowGroup] [KeyValue] s [ColumnOrder] Encryption s",
        ["SchemaElement"] = "i i i s i i i i i LogicalType",
        ["LogicalType"] = "Empty Empty Empty Empty Decimal Empty Time Time - Integer Empty Empty Empty Empty Empty Variant Geometry Geography",
        ["Decimal"] = "i i",
        ["Time"] = "b TimeUnit",
        ["TimeUnit"] = "Empty Empty Empty",
        ["Integer"] = "y b",
        ["Variant"] = "y",
        ["Geometry"] = "s",
        ["Geography"] = "s i",
        ["RowGroup"] = "[ColumnChunk] i i [SortingColumn] i i i",
        ["SortingColumn"] = "i b b",
        ["ColumnChunk"] = "s i ColumnMetaData i i i i ColumnCrypto s",
        ["ColumnMetaData"] = "i [i] [s] i i i i [KeyValue] i i i Statistics [PageEncoding] i i SizeStatistics GeospatialStatistics",
        ["Statistics"] = "s s i i s s b b",
        ["PageEncoding"] = "i i i",
        ["SizeStatistics"] = "i [i] [i]",
        ["GeospatialStatistics"] = "BoundingBox [i]",
        ["BoundingBox"] = "d d d d d d d d",
        ["KeyValue"] = "s s",
        ["ColumnOrder"] = "Empty Empty",
        ["Encryption"] = "Aes Aes",
        ["Aes"] = "s s b",
        ["ColumnCrypto"] = "Empty ColumnKey",
        ["ColumnKey"] = "[s] s",
        ["Empty"] = "",
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Split(' '));

    /// <summary>The kind of a field; null for one that the specification does not have.</summary>
    public static string? KindOf(string structure, int field)
        => Structures[structure] is var kinds && field >= 1 && field <= kinds.Length && kinds[field - 1] is { Length: > 0 } kind && kind != "-" ? kind : null;
}
