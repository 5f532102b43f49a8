using System.Globalization;
using System.Numerics;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using Parquet;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>The values of a column in a row group.</summary>
internal static class ParquetColumn
{
    /// <summary>Whole numbers.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="group">Which row group.</param>
    /// <param name="field">The column.</param>
    /// <param name="source">The file, for errors.</param>
    /// <param name="take">Takes each, with its row in the group; null where there is none.</param>
    /// <exception cref="DataException">The column has something else.</exception>
    public static void Numbers(ParquetReader reader, int group, DataField field, string source, Action<long, long?> take)
    {
        using RawColumnData column = Read(reader, group, field, source);
        switch (column)
        {
            case RawColumnData<long> values: Visit(values, field, take); break;
            case RawColumnData<int> values: Visit(values, field, take); break;
            case RawColumnData<short> values: Visit(values, field, take); break;
            case RawColumnData<sbyte> values: Visit(values, field, take); break;
            case RawColumnData<byte> values: Visit(values, field, take); break;
            case RawColumnData<ushort> values: Visit(values, field, take); break;
            case RawColumnData<uint> values: Visit(values, field, take); break;
            default: throw Other(field, source, "whole numbers");
        }
    }

    /// <summary>Pieces of bytes, which are gone afterwards.</summary>
    /// <inheritdoc cref="Numbers" path="/param|/exception"/>
    public static void Bytes(ParquetReader reader, int group, DataField field, string source, Action<IReadOnlyList<ReadOnlyMemory<byte>?>> take)
    {
        using RawColumnData column = Read(reader, group, field, source);
        var all = new List<ReadOnlyMemory<byte>?>();
        Visit(column as RawColumnData<ReadOnlyMemory<byte>> ?? throw Other(field, source, "bytes"), field, value => value, (_, value) => all.Add(value));
        take(all);
    }

    private static void Visit<T>(RawColumnData<T> column, DataField field, Action<long, long?> take)
        where T : unmanaged, IBinaryInteger<T>
        => Visit(column, field, value => long.CreateChecked(value), take);

    // Only values that are there are stored; a definition level says of each row whether it has one.
    private static void Visit<T, TValue>(RawColumnData<T> column, DataField field, Func<T, TValue> convert, Action<long, TValue?> take)
        where T : struct
        where TValue : struct
    {
        Span<int> levels = field.MaxDefinitionLevel == 0 ? [] : column.DefinitionLevels;
        int rows = levels.IsEmpty ? column.Values.Length : levels.Length;
        for (int row = 0, next = 0; row < rows; row++)
            take(row, levels.IsEmpty || levels[row] == field.MaxDefinitionLevel ? convert(column.Values[next++]) : null);
    }

    private static RawColumnData Read(ParquetReader reader, int group, DataField field, string source)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        ColumnMetaData? facts = rows.GetMetadata(field)?.MetaData;
        if (facts is null || facts.NumValues != rows.RowCount || field.MaxRepetitionLevel > 0)
            throw new DataException(
                $"{source} has {facts?.NumValues ?? 0} values in column {Printable.Name(field.Path.ToString())} of {rows.RowCount} rows: "
                + $"expected one a row; fetch it again.");
        double free = HostMemory.FreeBytes();
        if (facts.TotalUncompressedSize > free)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"A row group of {source} takes {ByteSize.Of(facts.TotalUncompressedSize)} of memory, of which {ByteSize.Of(free)} are free; "
                + $"write it with smaller row groups, or take a machine with more memory."));
        return rows.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult();
    }

    private static DataException Other(DataField field, string source, string expected)
        => new($"{source} has {field.ClrType.Name} in column {Printable.Name(field.Path.ToString())}, expected {expected}; give another file.");
}
