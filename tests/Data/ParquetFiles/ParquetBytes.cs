using Parquet;
using Parquet.Schema;

namespace BasinVolume.Data.Tests.ParquetFiles;

/// <summary>Makes Parquet files of images and labels.</summary>
internal static class ParquetBytes
{
    /// <summary>A file of rows, each with the bytes of a picture and a label, or without.</summary>
    public static byte[] Of(
        (byte[]? Image, long? Label)[] rows,
        int rowsPerGroup = 100,
        CompressionMethod compression = CompressionMethod.Snappy,
        string label = "label",
        string? description = null,
        bool isLabelRequired = false)
        => WriteAsync(rows, rowsPerGroup, compression, new DataField<long>(label, !isLabelRequired), description).GetAwaiter().GetResult();

    private static async Task<byte[]> WriteAsync(
        (byte[]? Image, long? Label)[] rows, int rowsPerGroup, CompressionMethod compression, DataField label, string? description)
    {
        var bytes = new DataField<byte[]>("bytes");
        var path = new DataField<string>("path");
        using var stream = new MemoryStream();
        var schema = new ParquetSchema(new StructField("image", bytes, path), label);
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = compression }))
        {
            if (description is not null)
                writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = description };
            foreach ((byte[]? Image, long? Label)[] some in rows.Chunk(rowsPerGroup))
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync(bytes, some.Select(row => row.Image!).ToArray());
                await group.WriteAsync(path, some.Select((_, i) => $"{i}.png").ToArray());
                if (label.IsNullable)
                    await group.WriteAsync<long>(label, some.Select(row => row.Label).ToArray());
                else
                    await group.WriteAsync<long>(label, some.Select(row => row.Label!.Value).ToArray());
                group.CompleteValidate();
            }
        }

        return stream.ToArray();
    }
}
