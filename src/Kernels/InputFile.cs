using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace BasinVolume.Kernels;

/// <summary>
/// Opens files that someone else made. A folder, a device and a pipe are refused before they are opened, for those give nothing for ever or everything for
/// ever; a file that is larger than its reader has use for is refused before it is read. The one pipe that is taken
/// is what a shell puts in the place of a file (/dev/stdin, /dev/fd/N), up to 256 MiB; what came out of it is kept, so that it can be read again as a file can.
/// </summary>
public static partial class InputFile
{
    // It is held in memory, and nothing says beforehand how much will come.
    private const long MostOfPipe = 1L << 28;

    private static readonly ConcurrentDictionary<string, byte[]> FromPipes = new(StringComparer.Ordinal);

    /// <summary>Opens a file to read it from its beginning; the stream can be sought in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <exception cref="IOException">
    /// It is not there, is no file with something in it, or has more; the message says which, as the reason in a sentence.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path, long most, FileShare share = FileShare.Read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException("it is a folder, not a file");
        bool isShells = path == "/dev/stdin" || ShellsPipe().IsMatch(path);
        if (File.Exists(path) && IsWithoutLength(path, isShells))
        {
            return isShells
                ? new MemoryStream(FromPipes.GetOrAdd(path, pipe => ReadPipe(pipe, Math.Min(most, MostOfPipe))), writable: false)
                : throw new IOException("it is empty, or no file but a device or a pipe");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, share);
        if (stream.Length <= most)
            return stream;
        using (stream)
            throw new IOException(FormattableString.Invariant($"it has {stream.Length:n0} bytes, and at most {most:n0} are read"));
    }

    /// <summary>All bytes of a file.</summary>
    /// <inheritdoc cref="Open" path="/param[@name='path' or @name='most']|/exception"/>
    public static byte[] ReadAll(string path, long most)
    {
        using Stream stream = Open(path, Math.Min(most, Array.MaxLength));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A text file: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="Open" path="/param[@name='path' or @name='most']|/exception"/>
    public static string ReadText(string path, long most)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAll(path, most), writable: false));
        return reader.ReadToEnd();
    }

    // What is no file has no length, which can be asked without opening it. A pipe that a shell gave is a link to a name that is nowhere.
    private static bool IsWithoutLength(string path, bool isShells)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is null)
            return file.Length == 0;
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Length: 0 };
        }
        catch (IOException) when (isShells)
        {
            return true;
        }
    }

    private static byte[] ReadPipe(string path, long most)
    {
        using var pipe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        var part = new byte[1 << 16];
        for (int count; (count = pipe.Read(part)) > 0;)
        {
            if (content.Length + count > most)
                throw new IOException(FormattableString.Invariant($"more than {most:n0} bytes come out of it, which is the most that is read"));
            content.Write(part, 0, count);
        }

        return content.Length > 0 ? content.ToArray() : throw new IOException("nothing comes out of it");
    }

    [GeneratedRegex(@"^(/dev/fd|/proc/self/fd)/\d{1,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex ShellsPipe();
}
