namespace BasinVolume.Mnist.Formats;

/// <summary>
/// Writes a file so that its name only ever stands for a whole one: the content goes to a temporary name in the same folder, which is then
/// renamed. A run that is killed leaves the old file (or none) and a temporary one that nothing reads.
/// </summary>
public static class AtomicFile
{
    /// <summary>Creates or replaces a file, and its folder where that is missing.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="write">Writes the content; what it throws is thrown on, and the file is then as it was before.</param>
    /// <exception cref="OutputException">The folder cannot be created, or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            string temporary = TemporaryNameFor(path);
            try
            {
                WriteNew(temporary, write);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                // Nothing to delete after the rename: this only tidies up after a failure.
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                $"Cannot write {path}: {e.Message.TrimEnd('.')}; choose another output folder, or free the space and the permissions for this one.", e);
        }
    }

    private static string TemporaryNameFor(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))
            ?? throw new IOException("it is a root folder, not a file");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
    }

    private static void WriteNew(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(stream);
    }
}
