using BasinVolume.Interop;

namespace BasinVolume.Data.Idx;

/// <summary>Reads IDX files of whole numbers whole, as labels are.</summary>
public static class IdxReader
{
    // Of a file's bytes and of what they unpack to.
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">An IDX file, gzip-compressed or not.</param>
    /// <returns>Its shape, its elements and its checksum.</returns>
    /// <exception cref="DataException">
    /// The file cannot be opened or is none, is not an IDX file of whole numbers, has an empty dimension, is shorter or longer than its header says, is
    /// damaged, or has more than 1 GiB.
    /// </exception>
    public static IdxArray Read(string path)
    {
        using var file = IdxFile.Open(path, MostBytes);
        var values = new byte[file.Shape.Aggregate((long)file.Type.Size, (length, size) => length * size)];
        file.Read(values);
        return new IdxArray(file.Shape, values, file.Finish()) { Type = file.Type };
    }
}
