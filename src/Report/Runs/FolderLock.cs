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
                if (IsSeen(file))
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

    /// <summary>Whether a process has a folder; nothing is made or written.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using FileStream file = new(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not there, or may not be read: nobody is known to have it.
            return false;
        }
    }

    /// <summary>Whether the folder is still the one that was taken: not removed, and no other in its place.</summary>
    public bool IsThere => IsSeen(_file);

    /// <summary>Lets others have the folder.</summary>
    public void Dispose()
    {
        using FileStream file = _file;
        // Removed while it is still locked, so that nobody removes what another has taken since.
        if (OperatingSystem.IsWindows() || !IsThere)
            return;
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its folder cannot be written any more. A file that is left over locks nothing.
        }
    }

    // Whether a file is the one that others find under its name.
    private static bool IsSeen(FileStream file) => File.GetLastWriteTimeUtc(file.SafeFileHandle) == File.GetLastWriteTimeUtc(file.Name);
}
