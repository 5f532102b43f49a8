using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>From a name that a file said to a path: the only way there is.</summary>
public static class NamedFile
{
    // A file system takes 255 bytes; AtomicFile writes under the name and 38 characters more.
    private const int MostBytes = 255 - 38;

    /// <summary>The path of a file in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The file's whole name.</param>
    /// <exception cref="DataException">No file can have that name.</exception>
    public static string In(string folder, string file) => FileName.FaultOf(file, MostBytes) is { } fault
        ? throw new DataException($"The name '{Printable.Name(file)}' {fault}, so no file in {folder} can have it; rename what it is called after.")
        : Path.Combine(folder, file);
}
