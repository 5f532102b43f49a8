using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// A folder that one process at a time writes to. The system lets go of it when the process ends, however that ends:
/// the file that is left over then locks nothing.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked; it is there while somebody writes.</summary>
    public const string FileName = ".lock";

    // How the system says that somebody else holds it: EAGAIN of Linux and of macOS, a sharing violation of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    // How often a folder may vanish, or its lock change hands, while it is being taken.
    private const int Attempts = 100;

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder, and makes it if it is not there.</summary>
    /// <returns>The lock; null if another process has the folder.</returns>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static FolderLock? TryTake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                FileOptions options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
                // Whoever had it may have removed the file after it was opened here and before it was locked: then it is not the one that others see.
                if (File.GetLastWriteTimeUtc(file.SafeFileHandle) == File.GetLastWriteTimeUtc(path))
                    return new(file);
                file.Dispose();
            }
            catch (IOException e) when (Held.Contains(e.HResult))
            {
                return null;
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts)
            {
                // It was somebody's that found nothing to write, and is gone again.
            }

            if (attempt == Attempts)
                throw new IOException("its lock changes hands all the time");
        }
    }

    /// <summary>Takes a folder that nobody else may have.</summary>
    /// <exception cref="OutputException">Somebody has it, or it cannot be written to.</exception>
    public static FolderLock Take(string folder)
        => OutputException.Guard(folder, () => TryTake(folder)) ?? throw new OutputException(
            $"Another process writes to {folder} at this moment; wait until it has ended, or choose another folder with --out.");

    /// <summary>Lets others have the folder.</summary>
    public void Dispose()
    {
        // Removed while it is still locked, so that nobody removes what another has taken since.
        if (!OperatingSystem.IsWindows())
            File.Delete(_file.Name);
        _file.Dispose();
    }
}
