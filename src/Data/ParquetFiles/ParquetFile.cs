using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using Parquet;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>A Parquet file.</summary>
internal static class ParquetFile
{
    /// <summary>Reads of it.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="path">Where it is.</param>
    /// <param name="read">Reads.</param>
    /// <exception cref="DataException">It cannot be read, or is damaged.</exception>
    public static T Read<T>(string path, Func<ParquetReader, T> read)
        => ReadFaults.Explained(path, () =>
        {
            using Stream file = InputFile.Open(path, long.MaxValue);
            try
            {
                FooterCheck.Check(file);
                using var opened = new Opened(file);
                Check(path, file.Length, opened.Reader);
                return read(opened.Reader);
            }
            catch (Exception e) when (e is not (ExplainedException or OutOfMemoryException))
            {
                // A damaged file fails inside the library in as many ways as there are.
                throw new DataException($"{path} is a damaged Parquet file ({Printable.Name(e.Message.TrimEnd('.'))}); fetch it again.", e);
            }
        });

    // Every row takes a byte of the file at least, as pictures do.
    private static void Check(string path, long length, ParquetReader reader)
    {
        foreach (Parquet.Meta.RowGroup group in reader.Metadata?.RowGroups ?? [])
        {
            if (group.NumRows < 0 || group.NumRows > Math.Min(length, int.MaxValue))
                throw new DataException($"{path} is a damaged Parquet file (a group of {group.NumRows} rows in {length} bytes); fetch it again.");
        }
    }

    // The library's readers are closed in the background only.
    private sealed class Opened(Stream file) : IDisposable
    {
        public ParquetReader Reader { get; } = ParquetReader.CreateAsync(new NothingBehind(file), leaveStreamOpen: true).GetAwaiter().GetResult();

        public void Dispose() => Reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
